import type { ApprovalStage } from '../approvals/approval.js';
import { durationSeconds } from '../features/duration.js';
import type { GovernedParts } from './governed-parts.js';

/** The one stage in which a change is approved, as the block that is in force says. */
export function changeStages({
  role,
  quorum,
  expireAfter,
}: NonNullable<GovernedParts['changes']>): readonly ApprovalStage[] {
  const expireMs = durationSeconds(expireAfter) * 1000;
  return [{ name: 'changes', role, quorum, veto: true, expireMs, remindMs: null, escalate: null }];
}

/** `change@<commit>`. */
export function changeSubject(commit: string): string {
  return `change@${commit}`;
}

/** The commit of a change by its subject; undefined for a subject that names none. */
export function commitOfChange(subject: string): string | undefined {
  return /^change@([0-9a-f]{40})$/.exec(subject)?.[1];
}
