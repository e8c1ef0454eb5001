import type { ApprovalRequest, ApprovalStage } from '../../../domain/approvals/approval.js';
import type { VotesToJudge } from '../../../domain/approvals/judge-votes.js';
import type { VerifiedVote, Voter } from '../../../domain/approvals/verified-vote.js';
import type { DelegationRecord } from '../../../domain/ports/approvals.js';
import type { VoteStatement } from '../../../domain/signing/vote-statement.js';

export const hourMs = 3_600_000;
export const openedAt = '2026-03-01T00:00:00.000Z';

/** So many hours after the approval was opened. */
export const hoursIn = (hours: number) => new Date(Date.parse(openedAt) + hours * hourMs).toISOString();

export function stageOf(change: Partial<ApprovalStage> = {}): ApprovalStage {
  return {
    name: 'review',
    role: 'reviewer',
    quorum: 1,
    veto: true,
    expireMs: 100 * hourMs,
    remindMs: null,
    escalate: null,
    ...change,
  };
}

export function requestOf(
  change: Partial<ApprovalRequest> = {},
): ApprovalRequest & { readonly openedAt: string } {
  return {
    project: 'tiny',
    kind: 'promotion',
    subject: 'points@3',
    round: 1,
    digests: { model: 'm', dataset: 'd', evaluation: 'e', purpose: 'u', policy: 'p' },
    stages: [stageOf()],
    authorSet: { authors: [{ account: 'ada', why: ['wrote 123'] }], strangers: [], machineStarted: false },
    requestedBy: 'run/1',
    openedAt,
    ...change,
  };
}

export function voterOf(account: string, change: Partial<Voter> = {}): Voter {
  return { account, kind: 'person', admin: false, disabled: false, roles: ['reviewer'], ...change };
}

export const people = ['ada', 'bob', 'cy', 'dee', 'eve'].map((name) => voterOf(name));

let votes = 0;

/** A vote of somebody, so many hours after the opening, as it was signed. */
export function voteOf(
  approver: string,
  hours: number,
  change: Partial<VoteStatement> & { readonly id?: string } = {},
): VerifiedVote {
  votes += 1;
  const { id = `vote-${votes}`, ...said } = change;
  return {
    id,
    castAt: hoursIn(hours),
    statement: {
      type: 'https://ratchet.dev/vote/v1',
      approval: 'approval/tiny/points@3/1',
      round: 1,
      approver,
      onBehalfOf: null,
      decision: 'approve',
      reason: 'looked at it',
      method: 'issued',
      digests: requestOf().digests,
      issuedAt: hoursIn(hours),
      expiresAt: hoursIn(hours + 1),
      nonce: 'n',
      ...said,
    },
  };
}

export function delegationOf(
  from: string,
  to: string,
  change: Partial<DelegationRecord> = {},
): DelegationRecord {
  return {
    id: `${from}-${to}`,
    project: 'tiny',
    from,
    to,
    role: 'reviewer',
    createdAt: hoursIn(-10),
    until: hoursIn(10),
    endedAt: null,
    ...change,
  };
}

export function ballotOf(change: Partial<VotesToJudge> = {}): VotesToJudge {
  return { request: requestOf(), votes: [], members: people, delegations: [], now: hoursIn(1), ...change };
}
