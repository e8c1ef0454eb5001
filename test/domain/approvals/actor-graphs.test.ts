import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorSet } from '../../../domain/approvals/author-set.js';
import { judgeVotes } from '../../../domain/approvals/judge-votes.js';
import { notVotedFor } from '../../../domain/approvals/not-voted-for.js';
import type { VerifiedVote } from '../../../domain/approvals/verified-vote.js';
import type { AccountRecord, MemberRecord } from '../../../domain/ports/accounts.js';
import type { ApprovalRecord, VoteRecord } from '../../../domain/ports/approvals.js';
import type { Verifier } from '../../../domain/ports/signing.js';
import {
  anyGraph,
  delegationsIn,
  factsIn,
  type Graph,
  isMachineStarted,
  makersIn,
  membersIn,
  stagesIn,
  votersIn,
  votesIn,
} from './actor-graph.js';
import { ballotOf, hoursIn, openedAt, requestOf } from './ballots.js';

function judge(graph: Graph) {
  const votes = votesIn(graph);
  const judged = judgeVotes(
    ballotOf({
      request: requestOf({ stages: stagesIn(graph), authorSet: authorSet(factsIn(graph)) }),
      votes,
      members: votersIn(graph),
      delegations: delegationsIn(graph),
      now: hoursIn(60),
    }),
  );
  return { judged, votes };
}

/** Enough people said yes, none of whom had a hand in it, each once, for a seat of which the same holds. */
function expectEnoughOthers(graph: Graph, yes: readonly VerifiedVote[]): void {
  const makers = makersIn(graph);
  const hands = yes.map(({ statement }) => statement.approver);
  const seats = yes.map(({ statement }) => statement.onBehalfOf ?? statement.approver);
  for (const account of [...hands, ...seats]) {
    expect(makers.has(account), `${account} made it`).toBe(false);
    const actor = graph.actors.find((row) => row.account === account);
    expect(actor).toMatchObject({ kind: 'person', disabled: false, isMember: true });
  }
  const asked = graph.stages.reduce((sum, { quorum }) => sum + Math.max(1, quorum), 0);
  const least = isMachineStarted(graph) ? Math.max(2, asked) : asked;
  expect(graph.stages.length).toBeGreaterThan(0);
  expect([hands.length, seats.length]).toEqual([new Set(hands).size, new Set(seats).size]);
  expect(hands.length).toBeGreaterThanOrEqual(least);
}

/** Each by the role of the seat, in the stage it counted in, and in another's place only while that was given. */
function expectRightRoles(
  graph: Graph,
  yes: readonly VerifiedVote[],
  counted: Readonly<Record<string, number>>,
): void {
  for (const { id, castAt, statement } of yes) {
    const seat = statement.onBehalfOf ?? statement.approver;
    const stage = stagesIn(graph)[counted[id] ?? -1];
    const held: readonly string[] = graph.actors.find(({ account }) => account === seat)?.roles ?? [];
    expect(
      [stage?.role, stage?.escalate?.role].some((role) => role !== undefined && held.includes(role)),
    ).toBe(true);
    if (seat === statement.approver) continue;
    const given = delegationsIn(graph).filter(({ from, to }) => from === seat && to === statement.approver);
    expect(given.some(({ until, endedAt }) => castAt < until && (endedAt === null || castAt < endedAt))).toBe(
      true,
    );
  }
}

/** What a liar who may write rows has counted: every vote that says yes, and as little of the author set as they like. */
function consentOf(graph: Graph) {
  const stored = authorSet(factsIn(graph));
  const authors = stored.authors.filter(({ account }) => !graph.hidden.some((name) => name === account));
  const request = requestOf({
    stages: stagesIn(graph),
    authorSet: { ...stored, authors, machineStarted: false },
  });
  const approval = { ...request, id: 'approval/tiny/points@3/1', status: 'approved' } as ApprovalRecord;
  const votes = votesIn(graph).map(({ id, castAt, statement }): VoteRecord => {
    const payload = JSON.stringify(statement);
    const { approval: of, approver, onBehalfOf, decision, reason } = statement;
    const envelope = { payloadType: '', payload, signatures: [] };
    const fate = { status: 'counted', refusal: null, stage: 0, channel: 'signal' } as const;
    return { id, approval: of, approver, onBehalfOf, decision, reason, envelope, castAt, ...fate };
  });
  return { approval, votes };
}
/** Signatures are another matter. */
const believing: Verifier = {
  verify: ({ payload }) => ({ kind: 'valid', keyId: 'k', value: JSON.parse(payload) }),
};

describe('random graphs of authors, accounts, members, delegations, escalations and votes', () => {
  it('hold no path on which an author’s own change is approved without enough others', () => {
    let approved = 0;
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { judged, votes } = judge(graph);
        if (judged.outcome !== 'approved') return;
        approved += 1;
        const yes = votes.filter(
          ({ id, statement }) => id in judged.counted && statement.decision === 'approve',
        );
        expectEnoughOthers(graph, yes);
        expectRightRoles(graph, yes, judged.counted);
      }),
      { numRuns: 5000 },
    );
    expect(approved).toBeGreaterThan(50);
  });

  it('hold none for whoever writes another author set and counts votes as they like, once it is looked at again', () => {
    let approved = 0;
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { approval, votes } = consentOf(graph);
        const given = {
          approval,
          votes,
          accounts: graph.actors.map(({ account: name, kind, admin, email, disabled }): AccountRecord => {
            const disabledAt = disabled ? openedAt : null;
            return {
              name,
              kind: kind as AccountRecord['kind'],
              admin,
              email,
              disabledAt,
              createdAt: openedAt,
            };
          }),
          members: membersIn(graph).map(({ account, roles, emails }): MemberRecord => {
            return { project: 'tiny', account, roles: roles as MemberRecord['roles'], emails, commit: 'c' };
          }),
          delegations: delegationsIn(graph),
          keys: [],
          verifier: believing,
          authorsNow: authorSet(factsIn(graph)),
          now: hoursIn(60),
        };
        if (notVotedFor(given) !== null) return;
        approved += 1;
        const { judged, votes: cast } = judge(graph);
        expect(judged.outcome).toBe('approved');
        expectEnoughOthers(
          graph,
          cast.filter(({ id, statement }) => id in judged.counted && statement.decision === 'approve'),
        );
      }),
      { numRuns: 5000 },
    );
    expect(approved).toBeGreaterThan(50);
  });

  it('name every author that the slowest search finds, and nobody else', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const found = authorSet(factsIn(graph));
        expect(found.authors.map(({ account }) => account)).toEqual([...makersIn(graph)].sort());
        expect(found.machineStarted).toBe(isMachineStarted(graph));
      }),
      { numRuns: 2000 },
    );
  });

  it('give every vote one fate', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { judged, votes } = judge(graph);
        const fates = [...Object.keys(judged.counted), ...Object.keys(judged.refusals)];
        expect(fates.sort()).toEqual(votes.map(({ id }) => id).sort());
      }),
      { numRuns: 500 },
    );
  });
});
