import { randomUUID } from 'node:crypto';
import { type Judgement, judgeVotes, type VotesToJudge } from '../../domain/approvals/judge-votes.js';
import { type VerifiedVote, type Voter, votersOf } from '../../domain/approvals/verified-vote.js';
import { verifyVotes } from '../../domain/approvals/verify-votes.js';
import type { ApprovalRecord, VoteRecord } from '../../domain/ports/approvals.js';
import type { VoteStatement } from '../../domain/signing/vote-statement.js';
import type { GatewayDeps } from '../deps.js';

/** An approval with its votes, judged as its workflow and the promotion judge them. */
export interface JudgedApproval {
  readonly approval: ApprovalRecord;
  readonly votes: readonly VoteRecord[];
  /** Of the votes that were counted. */
  readonly judgement: Judgement;
  /** Every account, with its roles in the project now. */
  readonly members: readonly Voter[];
  /** Why a vote that was cast at this moment would not count; null where it would. */
  readonly refusalOf: (statement: VoteStatement) => string | null;
  /** Accounts that delegated to somebody, whether or not it holds. */
  readonly delegatorsTo: (account: string) => readonly string[];
}

export async function judgedApproval(deps: GatewayDeps, approval: ApprovalRecord): Promise<JudgedApproval> {
  const { id, project } = approval;
  const [votes, accounts, members, delegations, keys] = await Promise.all([
    deps.approvals.votes(id),
    deps.accounts.list(),
    deps.accounts.members(project),
    deps.approvals.delegations(project),
    deps.signingKeys.list(),
  ]);
  const standing = votes.filter(({ status }) => status !== 'refused');
  const given: VotesToJudge = {
    request: approval,
    votes: verifyVotes(standing, deps.verifier, keys).votes,
    members: votersOf(accounts, members),
    delegations,
    now: new Date().toISOString(),
  };
  return {
    approval,
    votes,
    judgement: judgeVotes({ ...given, votes: given.votes.filter(({ id }) => isCounted(votes, id)) }),
    members: given.members,
    refusalOf: (statement) => refusalOf(approval, given, statement),
    delegatorsTo: (account) => [
      ...new Set(delegations.flatMap(({ from, to }) => (to === account ? [from] : []))),
    ],
  };
}

const isCounted = (votes: readonly VoteRecord[], id: string) =>
  votes.some((vote) => vote.id === id && vote.status === 'counted');

function refusalOf({ status }: ApprovalRecord, given: VotesToJudge, statement: VoteStatement): string | null {
  if (status !== 'open') return `the approval is ${status}`;
  const vote: VerifiedVote = { id: randomUUID(), statement, castAt: given.now };
  return judgeVotes({ ...given, votes: [...given.votes, vote] }).refusals[vote.id] ?? null;
}
