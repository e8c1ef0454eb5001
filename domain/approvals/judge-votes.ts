import type { Role } from '../access/roles.js';
import type { DelegationRecord } from '../ports/approvals.js';
import type { ApprovalRequest, ApprovalStage } from './approval.js';
import { neededStages } from './needed-stages.js';
import type { VerifiedVote, Voter } from './verified-vote.js';
import { voteRefusal } from './vote-refusal.js';

export interface VotesToJudge {
  readonly request: ApprovalRequest & { readonly openedAt: string };
  /** All that were not refused before, in any order. */
  readonly votes: readonly VerifiedVote[];
  /** Every account, with its roles in the project now: see `votersOf`. */
  readonly members: readonly Voter[];
  readonly delegations: readonly DelegationRecord[];
  readonly now: string;
}

export interface JudgedStage {
  readonly name: string;
  /** Who may vote: the stage's role, and after its time that of the escalation. */
  readonly roles: readonly Role[];
  /** How many people it needs; more than the policy says where a machine started the run. */
  readonly quorum: number;
  /** Accounts whose seat was voted, in the order of the votes. */
  readonly approvals: readonly string[];
  readonly rejections: readonly string[];
  readonly status: 'waiting' | 'open' | 'passed' | 'rejected' | 'expired';
  /** Null while the stages before it are not passed. */
  readonly openedAt: string | null;
  readonly closesAt: string | null;
}

export interface Judgement {
  readonly stages: readonly JudgedStage[];
  /** Index of the open stage; the number of stages once all are passed. */
  readonly stage: number;
  /** An open one whose stage has expired stays open here, and takes no vote. */
  readonly outcome: 'approved' | 'rejected' | 'open';
  /** Stage by the id of the vote. */
  readonly counted: Readonly<Record<string, number>>;
  /** Why not, in words, by the id of the vote. */
  readonly refusals: Readonly<Record<string, string>>;
}

/** A stage that is open, and what was counted so far. */
export interface OpenStage {
  readonly stage: ApprovalStage;
  readonly openedAtMs: number;
  readonly closesAtMs: number;
  readonly approvals: readonly string[];
  readonly rejections: readonly string[];
}

/** How far the votes have come; `open` is undefined once the approval is decided. */
export interface VoteCount {
  readonly outcome: Judgement['outcome'];
  readonly done: readonly OpenStage[];
  readonly open: OpenStage | undefined;
  /** Who voted, and in whose place, in all stages. */
  readonly people: readonly string[];
  readonly seats: readonly string[];
}

/**
 * Counts votes in the order in which the database took them; each counts in the stage that was open then, and a stage
 * opens with the vote that passed the one before. The same votes give the same answer wherever they are judged, so that
 * the approval's workflow and the promotion's transaction need not believe each other. A person, and a seat that
 * somebody votes in another's place, counts once in all stages together.
 */
export function judgeVotes(given: VotesToJudge): Judgement {
  const stages = neededStages(given.request);
  const refusals: Record<string, string> = {};
  const counted: Record<string, number> = {};
  let count = begin(stages, Date.parse(given.request.openedAt));
  for (const vote of inOrder(given.votes)) {
    const refusal = voteRefusal(vote, count, given);
    if (refusal !== null) refusals[vote.id] = refusal;
    else {
      counted[vote.id] = count.done.length;
      count = add(stages, count, vote);
    }
  }
  const judged = [...count.done, ...(count.open ? [count.open] : [])];
  return {
    stages: stages.map((stage, at) => judgedStage(stage, judged[at], count, Date.parse(given.now))),
    stage: count.outcome === 'approved' ? stages.length : Math.max(0, judged.length - 1),
    outcome: count.outcome,
    counted,
    refusals,
  };
}

function begin(stages: readonly ApprovalStage[], openedAtMs: number): VoteCount {
  return { outcome: 'open', done: [], open: openStage(stages[0], openedAtMs), people: [], seats: [] };
}

function openStage(stage: ApprovalStage | undefined, openedAtMs: number): OpenStage | undefined {
  if (stage === undefined) return undefined;
  return { stage, openedAtMs, closesAtMs: openedAtMs + stage.expireMs, approvals: [], rejections: [] };
}

function inOrder(votes: readonly VerifiedVote[]): readonly VerifiedVote[] {
  return [...votes].sort(
    (a, b) => Date.parse(a.castAt) - Date.parse(b.castAt) || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/** A vote that may be counted, counted. */
function add(stages: readonly ApprovalStage[], count: VoteCount, vote: VerifiedVote): VoteCount {
  const { open } = count;
  if (open === undefined) return count;
  const { approver, onBehalfOf, decision } = vote.statement;
  const seat = onBehalfOf ?? approver;
  const voted = { people: [...count.people, approver], seats: [...count.seats, seat] };
  const next =
    decision === 'approve'
      ? { ...open, approvals: [...open.approvals, seat] }
      : { ...open, rejections: [...open.rejections, seat] };
  const { veto, quorum } = open.stage;
  if (next.rejections.length >= (veto ? 1 : quorum))
    return { ...count, ...voted, outcome: 'rejected', done: [...count.done, next], open: undefined };
  if (next.approvals.length < quorum) return { ...count, ...voted, open: next };
  const done = [...count.done, next];
  const following = openStage(stages[done.length], Date.parse(vote.castAt));
  return { ...voted, outcome: following ? 'open' : 'approved', done, open: following };
}

function judgedStage(
  stage: ApprovalStage,
  found: OpenStage | undefined,
  count: VoteCount,
  nowMs: number,
): JudgedStage {
  const escalated = stage.escalate !== null && found && nowMs >= found.openedAtMs + stage.escalate.afterMs;
  return {
    name: stage.name,
    roles: escalated && stage.escalate ? [stage.role, stage.escalate.role] : [stage.role],
    quorum: stage.quorum,
    approvals: found?.approvals ?? [],
    rejections: found?.rejections ?? [],
    status: statusOf(found, count, nowMs),
    openedAt: found ? new Date(found.openedAtMs).toISOString() : null,
    closesAt: found ? new Date(found.closesAtMs).toISOString() : null,
  };
}

function statusOf(found: OpenStage | undefined, count: VoteCount, nowMs: number): JudgedStage['status'] {
  if (found === undefined) return 'waiting';
  if (found === count.open) return nowMs <= found.closesAtMs ? 'open' : 'expired';
  return count.outcome === 'rejected' && found === count.done.at(-1) ? 'rejected' : 'passed';
}
