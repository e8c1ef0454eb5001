import type { Role } from '../access/roles.js';
import type { DelegationRecord } from '../ports/approvals.js';
import type { SubjectDigests } from '../signing/vote-statement.js';
import { type AuthorSet, approvalId } from './approval.js';
import type { OpenStage, VoteCount, VotesToJudge } from './judge-votes.js';
import type { VerifiedVote, Voter } from './verified-vote.js';

/** The gateway that signs and the database that stores do not have the same clock. */
const clockToleranceMs = 60_000;

interface Ballot {
  readonly vote: VerifiedVote;
  readonly count: VoteCount;
  readonly open: OpenStage;
  readonly given: VotesToJudge;
  /** Whose place is voted. */
  readonly seat: string;
  readonly castMs: number;
  /** Roles that the stage took when the vote was cast. */
  readonly roles: readonly Role[];
}

type Rule = (ballot: Ballot) => string | null;

/** Why a vote does not count, in words for its voter; null where it counts. The first rule that says something wins. */
export function voteRefusal(vote: VerifiedVote, count: VoteCount, given: VotesToJudge): string | null {
  const { open } = count;
  if (open === undefined)
    return count.outcome === 'open'
      ? 'the approval has no stage that a vote could count in'
      : `the approval was ${count.outcome} before this vote was cast`;
  const castMs = Date.parse(vote.castAt);
  const { approver, onBehalfOf } = vote.statement;
  const ballot = {
    vote,
    count,
    open,
    given,
    castMs,
    seat: onBehalfOf ?? approver,
    roles: rolesAt(open, castMs),
  };
  for (const rule of rules) {
    const refusal = rule(ballot);
    if (refusal !== null) return refusal;
  }
  return null;
}

const rules: readonly Rule[] = [
  aboutAnother,
  aboutOtherBytes,
  outOfItsTime,
  outOfTheStagesTime,
  ({ vote, given }) => noVoter(vote.statement.approver, given),
  ({ vote, given }) => author(vote.statement.approver, given.request.authorSet),
  withoutDelegation,
  ({ seat, given }) => noVoter(seat, given),
  ({ seat, given }) => author(seat, given.request.authorSet),
  ofAnotherRole,
  twice,
];

/** Where a stage has waited long enough, another role may vote in it too. */
function rolesAt({ stage, openedAtMs }: OpenStage, castMs: number): readonly Role[] {
  const { role, escalate } = stage;
  return escalate !== null && castMs >= openedAtMs + escalate.afterMs ? [role, escalate.role] : [role];
}

function aboutAnother({ vote: { statement }, given: { request } }: Ballot): string | null {
  const id = approvalId(request);
  return statement.approval === id && statement.round === request.round
    ? null
    : `the vote was signed for ${statement.approval} in round ${statement.round}, and this is ${id} in round ${request.round}`;
}

function aboutOtherBytes({ vote: { statement }, given: { request } }: Ballot): string | null {
  const parts = new Set([...Object.keys(statement.digests), ...Object.keys(request.digests)]);
  const other = [...parts].filter(
    (part) => digestOf(statement.digests, part) !== digestOf(request.digests, part),
  );
  return other.length === 0 ? null : `the vote was signed for other digests: ${other.sort().join(', ')}`;
}

const digestOf = (digests: SubjectDigests, part: string): unknown =>
  Object.hasOwn(digests, part) ? digests[part as keyof SubjectDigests] : undefined;

function outOfItsTime({ vote, castMs, given }: Ballot): string | null {
  const { issuedAt, expiresAt } = vote.statement;
  if (!(castMs >= Date.parse(given.request.openedAt)))
    return `the vote was cast at ${vote.castAt}, before the approval was opened at ${given.request.openedAt}`;
  if (!(Date.parse(issuedAt) <= castMs + clockToleranceMs))
    return `the vote was signed for ${issuedAt} and cast before, at ${vote.castAt}`;
  return castMs <= Date.parse(expiresAt)
    ? null
    : `the vote was good until ${expiresAt} and was cast at ${vote.castAt}`;
}

function outOfTheStagesTime({ vote, open, castMs }: Ballot): string | null {
  return castMs <= open.closesAtMs
    ? null
    : `stage "${open.stage.name}" was over at ${new Date(open.closesAtMs).toISOString()}, and the vote was cast at ${vote.castAt}`;
}

/** Who may vote at all: a person who is a member at this moment. */
function noVoter(account: string, { members, request }: VotesToJudge): string | null {
  const voter = members.find((member) => member.account === account);
  if (voter === undefined) return `there is no account ${account}`;
  if (voter.disabled) return `the account ${account} is disabled`;
  if (voter.kind !== 'person') return `${account} is a machine account, and only people vote`;
  if (voter.roles.length > 0) return null;
  return voter.admin
    ? `${account} is an administrator, which is no vote by itself, and no member of ${request.project}`
    : `${account} is not a member of ${request.project}`;
}

function author(account: string, { authors }: AuthorSet): string | null {
  const found = authors.find((row) => row.account === account);
  return found === undefined
    ? null
    : `${account} made what is to be approved and may not vote on it: ${found.why.join('; ')}`;
}

function withoutDelegation({ vote, seat, castMs, roles, given }: Ballot): string | null {
  const { approver } = vote.statement;
  if (seat === approver) return null;
  const found = given.delegations.filter(
    ({ project, from, to }) => project === given.request.project && from === seat && to === approver,
  );
  if (found.length === 0) return `${seat} has not delegated a vote to ${approver}`;
  const forRole = found.filter(({ role }) => roles.includes(role));
  if (forRole.length === 0)
    return `${seat} has delegated to ${approver} as ${listed(found.map(({ role }) => role))}, and the stage takes ${listed(roles)}`;
  return forRole.some((row) => holdsAt(row, castMs))
    ? null
    : `the delegation from ${seat} to ${approver} did not hold when the vote was cast, at ${vote.castAt}`;
}

function holdsAt({ createdAt, until, endedAt }: DelegationRecord, castMs: number): boolean {
  const endMs = Math.min(
    Date.parse(until),
    endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(endedAt),
  );
  return castMs >= Date.parse(createdAt) && castMs < endMs;
}

function ofAnotherRole({ seat, roles, open, given }: Ballot): string | null {
  const held: Voter['roles'] = given.members.find(({ account }) => account === seat)?.roles ?? [];
  return held.some((role) => roles.includes(role))
    ? null
    : `stage "${open.stage.name}" takes votes of ${listed(roles)}, and ${seat} is ${listed(held)}`;
}

function twice({ vote, seat, count }: Ballot): string | null {
  const { approver } = vote.statement;
  if (count.people.includes(approver)) return `${approver} has voted already, and counts once in all stages`;
  return count.seats.includes(seat) ? `the vote of ${seat} has been given already` : null;
}

const listed = (roles: readonly Role[]) => [...new Set(roles)].join(' or ');
