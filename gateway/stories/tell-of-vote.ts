import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApplicationFailure,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { Judgement } from '../../domain/approvals/judge-votes.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalTally, VoteAnswer } from '../../domain/lifecycle/request-approval.js';
import { castVoteUpdate } from '../../workflows/messages/approvals.js';
import type { GatewayDeps } from '../deps.js';
import { judgedApproval } from '../reads/judged-approval.js';
import { withDeadline } from './with-deadline.js';

const patienceMs = 20_000;
const betweenMs = 300;
/** The row of an approval is there before its workflow, which starts within this where a worker is. */
const startingMs = 5_000;

/**
 * Tells an approval's workflow of a stored vote; what became of it. Errors: `VOTE_REFUSED` for what is no vote,
 * `PART_UNAVAILABLE` where nobody says, and its row does not either.
 */
export async function tellOfVote(deps: GatewayDeps, approval: string, vote: string): Promise<VoteAnswer> {
  try {
    return await tell(deps, approval, vote);
  } catch (error) {
    const why = whyUnsettled(error);
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (why === undefined && !(cause instanceof ApplicationFailure)) throw error;
    const settled = await settledAnswer(deps, approval, vote);
    if (settled !== undefined) return settled;
    if (why === undefined)
      throw new RatchetError('VOTE_REFUSED', `vote ${vote}: ${cause?.message}`, { vote }, { cause: error });
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `vote ${vote} is signed and stored, and what becomes of it is not known yet: ${why}; nobody needs to vote again`,
      { vote },
      { cause: error },
    );
  }
}

/** How far each stage is, in numbers. */
export function tallyOf({ stages }: Judgement): ApprovalTally {
  return stages.map(({ name, quorum, approvals, rejections }) => ({
    stage: name,
    quorum,
    approvals: approvals.length,
    rejections: rejections.length,
  }));
}

/**
 * Again where it met a history that was being closed, as an approval that goes on in a new one runs all the same, and
 * where the workflow of an approval that was opened just before is not there yet.
 */
async function tell(deps: GatewayDeps, approval: string, vote: string): Promise<VoteAnswer> {
  const { client } = deps;
  const handle = client.workflow.getHandle(approval);
  for (const untilMs = Date.now() + patienceMs; ; await sleep(betweenMs)) {
    try {
      // No update id of its own: one that failed for want of a part would give its old answer for ever.
      return await withDeadline(client, Math.max(0, untilMs - Date.now()), () =>
        handle.executeUpdate(castVoteUpdate, { args: [vote] }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      if (!(await isRunning(handle)) && !(await mayStart(deps, approval))) throw error;
    }
  }
}

async function isRunning(handle: WorkflowHandle): Promise<boolean> {
  try {
    return (await handle.describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function mayStart({ approvals }: GatewayDeps, approval: string): Promise<boolean> {
  const { status, openedAt } = await approvals.get(approval);
  return status === 'open' && Date.now() - Date.parse(openedAt) < startingMs;
}

/** Where it is stored, and counts once its workflow looks; undefined for everything else. */
function whyUnsettled(error: unknown): string | undefined {
  if (error instanceof WorkflowNotFoundError) return 'no workflow waits for it';
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (cause instanceof ApplicationFailure)
    return cause.type === 'PART_UNAVAILABLE' ? cause.message : undefined;
  return error instanceof RatchetError && error.code === 'PART_UNAVAILABLE' ? error.message : undefined;
}

/** Whoever looked at the rows for another reason may have settled it, and have ended by it. */
async function settledAnswer(deps: GatewayDeps, id: string, vote: string): Promise<VoteAnswer | undefined> {
  const row = await deps.approvals.vote(vote);
  if (row === undefined || row.status === 'pending') return undefined;
  const approval = await deps.approvals.get(id);
  const { judgement } = await judgedApproval(deps, approval);
  const { status, refusal } = row;
  return { vote, status, refusal, outcome: approval.status, tally: tallyOf(judgement) };
}
