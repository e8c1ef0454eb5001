import { WorkflowNotFoundError } from '@temporalio/client';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalEnd } from '../../domain/lifecycle/request-approval.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { recheckSignal } from '../../workflows/messages/approvals.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import { withDeadline } from './with-deadline.js';

const patienceMs = 10_000;
const mostVotes = 1000;

/**
 * Ends an approval: its row first, in the caller's name, then the word to its workflow. What answers is its end, which may
 * be another that came before. Error: `CONFLICT` for one that is over.
 */
export async function withdrawApproval(
  deps: GatewayDeps,
  { account: by }: Caller,
  { id, status }: ApprovalRecord,
  reason: string,
): Promise<ApprovalEnd> {
  if (status !== 'open')
    throw new RatchetError('CONFLICT', `approval "${id}" is over: ${status}`, { approval: id });
  const ended = await deps.approvals.end(id, 'withdrawn', `withdrawn by ${by}: ${reason}`);
  await wake(deps, id);
  return { status: ended.status === 'open' ? 'withdrawn' : ended.status, reason: ended.reason ?? '' };
}

/** One that hears nothing finds the end in its row when it looks next. Where none waits, nobody else would settle its votes. */
async function wake({ approvals, client, log }: GatewayDeps, id: string): Promise<void> {
  try {
    await withDeadline(client, patienceMs, () => client.workflow.getHandle(id).signal(recheckSignal));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError))
      return log.warn({ approval: id, error: messageOf(error) }, 'an approval was not told of its end');
    const refusal = 'the approval is over: withdrawn';
    for (const vote of await approvals.pendingVotes(id, mostVotes))
      await approvals.settleVote(vote.id, { status: 'refused', refusal, stage: null, channel: 'signal' });
  }
}
