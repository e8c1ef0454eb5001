import type { ApprovalEnd } from '../../domain/lifecycle/request-approval.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ApprovalDeps } from './deps.js';

export interface EndApprovalInput extends ApprovalEnd {
  readonly approval: string;
}

/** Ends the row, unless it has an end; the votes that still wait are told so. What it returns is the row's end. */
export async function endApproval(
  { approvals }: Pick<ApprovalDeps, 'approvals'>,
  { approval, status, reason }: EndApprovalInput,
): Promise<ApprovalEnd> {
  const ended = await approvals.end(approval, status, reason);
  const waiting = (await approvals.votes(approval)).filter((vote) => vote.status === 'pending');
  const refusal = `the approval is over: ${ended.status}`;
  for (const { id } of waiting) {
    await approvals.settleVote(id, { status: 'refused', refusal, stage: null, channel: 'signal' });
  }
  return endOf(ended) ?? { status, reason };
}

/** The end of an approval as its row says it; null while it is open. */
export function endOf({ status, reason }: ApprovalRecord): ApprovalEnd | null {
  return status === 'open' ? null : { status, reason: reason ?? '' };
}
