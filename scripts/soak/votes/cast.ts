import { isGrpcServiceError } from '@temporalio/client';
import { answered } from '../../../cli/answered.js';
import type { ApiClient } from '../../../cli/open-client.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ApprovalRecord } from '../../../domain/ports/approvals.js';
import { voteSignal } from '../../../workflows/messages/approvals.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { until } from '../chaos/until.js';
import type { Way } from './plan.js';

const patienceMs = 120_000;

/** Casts a person's vote in one of the ways, again and again until it is answered; the answers in words. */
export async function cast(
  chaos: ChaosStack,
  voter: ApiClient,
  approval: ApprovalRecord,
  way: Way,
): Promise<readonly string[]> {
  if (way === 'signal') return [await bySignal(chaos, voter, approval)];
  const times = way === 'twice' ? 2 : 1;
  return Promise.all(Array.from({ length: times }, () => post(voter, approval, 'update')));
}

/** A vote that was stored, and whose answer was lost, is refused the second time: its row says what became of it. */
async function post(
  voter: ApiClient,
  { project, subject, round }: ApprovalRecord,
  deliver: 'update' | 'none',
): Promise<string> {
  const path = { project, subject, round: String(round) };
  const body = { decision: 'approve', reason: 'looked at it', deliver } as const;
  return until('a vote is answered', patienceMs, async () => {
    try {
      const { status, vote } = await answered(
        voter.POST('/api/v1/approvals/{project}/{subject}/{round}/votes', { params: { path }, body }),
      );
      return deliver === 'none' ? vote : status;
    } catch (error) {
      if (error instanceof RatchetError && error.code === 'VOTE_REFUSED') return `refused: ${error.message}`;
      throw error;
    }
  });
}

/** Stored by the gateway, told of by a signal as anybody may send it. */
async function bySignal(chaos: ChaosStack, voter: ApiClient, approval: ApprovalRecord): Promise<string> {
  const vote = await post(voter, approval, 'none');
  if (vote.startsWith('refused')) return vote;
  const handle = chaos.temporal.workflow.getHandle(approval.id);
  await until('a signal is sent', patienceMs, async () => {
    try {
      await handle.signal(voteSignal, vote);
      return true;
    } catch (error) {
      if (isGrpcServiceError(error)) return undefined;
      throw error;
    }
  });
  return until('a vote that a signal told of is settled', patienceMs, async () => {
    const row = await chaos.stores.approvals.vote(vote);
    return row?.status === 'pending' ? undefined : row?.status;
  });
}
