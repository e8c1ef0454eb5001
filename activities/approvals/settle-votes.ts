import type { ApprovalStatus } from '../../domain/approvals/approval.js';
import { type Judgement, judgeVotes } from '../../domain/approvals/judge-votes.js';
import { votersOf } from '../../domain/approvals/verified-vote.js';
import { verifyVotes } from '../../domain/approvals/verify-votes.js';
import type { SettledVotes, SettleVotesInput } from '../../domain/lifecycle/request-approval.js';
import type { ApprovalRecord, VoteRecord } from '../../domain/ports/approvals.js';
import type { ApprovalDeps } from './deps.js';
import { differingParts, digestsInForce } from './digests-in-force.js';

/** Rows that one call settles at most. */
const batch = 200;

/**
 * One look at an approval: is it still about what is in force, what do all its votes say together, and what becomes of
 * those that wait. Rows say it first; what it returns only says it again.
 */
export async function settleVotes(deps: ApprovalDeps, input: SettleVotesInput): Promise<SettledVotes> {
  const approval = await deps.approvals.get(input.approval);
  const [votes, judged] = await Promise.all([deps.approvals.votes(approval.id), judge(deps, approval)]);
  const now = judged(votes);
  const waiting = votes.filter(({ status }) => status === 'pending');
  const status = statusOf(approval, now);
  const fates = await Promise.all(
    waiting.slice(0, batch).map((vote) => settle(deps, vote, now, input, status)),
  );
  const open = approval.status === 'open' ? await moveOn(deps, approval, now, status) : approval;
  return {
    outcome: open.status,
    reason: open.reason ?? '',
    stage: open.stage,
    stageOpenedAt: now.judgement.stages[open.stage]?.openedAt ?? open.stageOpenedAt,
    tally: now.judgement.stages.map(({ name, quorum, approvals, rejections }) => ({
      stage: name,
      quorum,
      approvals: approvals.length,
      rejections: rejections.length,
    })),
    answers: answersFor(input, votes, fates),
    settled: fates.length,
    more: waiting.length > batch,
  };
}

interface Judged {
  readonly judgement: Judgement;
  /** Why a vote does not count: its signature, or the rules. */
  readonly refusals: Readonly<Record<string, string>>;
  /** Parts that are no longer what the approval is about. */
  readonly changed: readonly string[];
}

/** Reads what a judgement stands on, at once; judging is then a matter of the votes. */
async function judge(
  deps: ApprovalDeps,
  approval: ApprovalRecord,
): Promise<(votes: readonly VoteRecord[]) => Judged> {
  const [inForce, keys, accounts, members, delegations] = await Promise.all([
    approval.status === 'open' ? digestsInForce(deps, approval) : approval.digests,
    deps.signingKeys.list(),
    deps.accounts.list(),
    deps.accounts.members(approval.project),
    deps.approvals.delegations(approval.project),
  ]);
  return (rows) => {
    const verified = verifyVotes(
      rows.filter(({ status }) => status !== 'refused'),
      deps.verifier,
      keys,
    );
    const judgement = judgeVotes({
      request: approval,
      votes: verified.votes,
      members: votersOf(accounts, members),
      delegations,
      now: new Date().toISOString(),
    });
    return {
      judgement,
      refusals: { ...judgement.refusals, ...verified.refusals },
      changed: differingParts(approval.digests, inForce),
    };
  };
}

/** What its row says where that is an end, else what was found. */
function statusOf({ status }: ApprovalRecord, { judgement, changed }: Judged): ApprovalStatus {
  if (status !== 'open') return status;
  return changed.length > 0 ? 'void' : judgement.outcome;
}

/** The row of an open approval after what was found: at its end, in its next stage, or as it was. */
async function moveOn(
  { approvals }: ApprovalDeps,
  approval: ApprovalRecord,
  { judgement, changed }: Judged,
  status: ApprovalStatus,
): Promise<ApprovalRecord> {
  const { stages } = judgement;
  if (status === 'void')
    return approvals.end(
      approval.id,
      status,
      `what it is about is no longer in force: ${changed.join(', ')}`,
    );
  if (status === 'approved')
    return approvals.end(
      approval.id,
      status,
      `approved by ${stages.flatMap((row) => row.approvals).join(', ')}`,
    );
  if (status === 'rejected')
    return approvals.end(
      approval.id,
      status,
      `rejected by ${stages.flatMap((row) => row.rejections).join(', ')}`,
    );
  return judgement.stage > approval.stage ? approvals.enterStage(approval.id, judgement.stage) : approval;
}

async function settle(
  { approvals }: ApprovalDeps,
  vote: VoteRecord,
  { judgement, refusals }: Judged,
  input: SettleVotesInput,
  status: ApprovalStatus,
): Promise<VoteRecord> {
  const decided = status === 'open' || status === 'approved' || status === 'rejected';
  const over = decided ? null : `the approval is over: ${status}`;
  const refusal = over ?? refusals[vote.id] ?? null;
  return approvals.settleVote(vote.id, {
    status: refusal === null ? 'counted' : 'refused',
    refusal,
    stage: refusal === null ? (judgement.counted[vote.id] ?? null) : null,
    channel: input.updates.includes(vote.id) ? 'update' : 'signal',
  });
}

function answersFor(
  { updates }: SettleVotesInput,
  votes: readonly VoteRecord[],
  fates: readonly VoteRecord[],
): SettledVotes['answers'] {
  const rows = new Map([...votes, ...fates].map((vote) => [vote.id, vote]));
  return Object.fromEntries(
    updates.flatMap((id) => {
      const row = rows.get(id);
      if (row === undefined)
        return [
          [id, { status: 'refused', refusal: 'this approval has no stored vote with this id' }] as const,
        ];
      // One that waits still is for the next batch.
      return row.status === 'pending' ? [] : [[id, { status: row.status, refusal: row.refusal }] as const];
    }),
  );
}
