import type { PolicyConfig } from '../config/policy.js';
import { durationSeconds } from '../features/duration.js';
import type { ApprovalStage } from './approval.js';

type PolicyStage = NonNullable<PolicyConfig['people']>['stages'][number];

/** The stages of a policy, with their times in milliseconds. */
export function policyStages(stages: readonly PolicyStage[]): readonly ApprovalStage[] {
  return stages.map(({ name, role, quorum, veto, expireAfter, remindAfter, escalate }) => ({
    name,
    role,
    quorum,
    veto,
    expireMs: milliseconds(expireAfter),
    remindMs: remindAfter === undefined ? null : milliseconds(remindAfter),
    escalate: escalate === undefined ? null : { afterMs: milliseconds(escalate.after), role: escalate.role },
  }));
}

const milliseconds = (text: string) => durationSeconds(text) * 1000;
