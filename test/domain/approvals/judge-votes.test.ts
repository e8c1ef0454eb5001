import { describe, expect, it } from 'vitest';
import { judgeVotes, type VotesToJudge } from '../../../domain/approvals/judge-votes.js';
import type { VerifiedVote } from '../../../domain/approvals/verified-vote.js';
import { votersOf } from '../../../domain/approvals/verified-vote.js';
import { ballotOf, delegationOf, hoursIn, people, requestOf, stageOf, voteOf, voterOf } from './ballots.js';

/** The one vote, judged; the reason why it was refused, or the outcome. */
function fateOf(vote: VerifiedVote, change: Partial<VotesToJudge> = {}): string {
  const judged = judgeVotes(ballotOf({ votes: [vote], ...change }));
  return judged.refusals[vote.id] ?? judged.outcome;
}

describe('a vote', () => {
  it('of a member with the role, who made nothing of it, counts', () => {
    const vote = voteOf('bob', 1);
    const judged = judgeVotes(ballotOf({ votes: [vote] }));
    expect(judged).toMatchObject({ outcome: 'approved', stage: 1, counted: { [vote.id]: 0 }, refusals: {} });
    expect(judged.stages[0]).toMatchObject({ status: 'passed', approvals: ['bob'], quorum: 1 });
  });

  const refused: readonly (readonly [string, VerifiedVote, Partial<VotesToJudge>, RegExp])[] = [
    ['of an author', voteOf('ada', 1), {}, /ada made what is to be approved .*wrote 123/],
    [
      'of who is no member',
      voteOf('zoe', 1),
      { members: [voterOf('zoe', { roles: [] })] },
      /zoe is not a member of tiny/,
    ],
    ['of nobody', voteOf('nobody', 1), {}, /there is no account nobody/],
    [
      'of a disabled account',
      voteOf('bob', 1),
      { members: [voterOf('bob', { disabled: true })] },
      /bob is disabled/,
    ],
    [
      'of a machine',
      voteOf('bob', 1),
      { members: [voterOf('bob', { kind: 'machine' })] },
      /only people vote/,
    ],
    [
      'of an administrator who is no member',
      voteOf('root', 1),
      { members: [voterOf('root', { admin: true, roles: [] })] },
      /root is an administrator, which is no vote by itself/,
    ],
    [
      'of another role',
      voteOf('bob', 1),
      { members: [voterOf('bob', { roles: ['data-scientist'] })] },
      /stage "review" takes votes of reviewer, and bob is data-scientist/,
    ],
    [
      'for another approval',
      voteOf('bob', 1, { approval: 'approval/tiny/points@2/1' }),
      {},
      /signed for approval\/tiny\/points@2\/1/,
    ],
    ['for another round', voteOf('bob', 1, { round: 2 }), {}, /in round 2/],
    [
      'for other bytes',
      voteOf('bob', 1, { digests: { ...requestOf().digests, model: 'other', policy: 'other' } }),
      {},
      /other digests: model, policy/,
    ],
    [
      'that leaves a digest out',
      voteOf('bob', 1, { digests: { policy: 'p' } }),
      {},
      /other digests: dataset, evaluation, model, purpose/,
    ],
    ['that was good until before', voteOf('bob', 3, { expiresAt: hoursIn(2) }), {}, /was good until/],
    ['that was signed for later', voteOf('bob', 1, { issuedAt: hoursIn(2) }), {}, /cast before/],
    ['from before the opening', voteOf('bob', -1), {}, /before the approval was opened/],
    ['after the stage', voteOf('bob', 101), {}, /stage "review" was over at/],
    ['without a time', voteOf('bob', 1, { issuedAt: 'soon' }), {}, /signed for soon/],
  ];
  it.each(refused)('%s is refused with its reason', (_, vote, change, reason) => {
    expect(fateOf(vote, change)).toMatch(reason);
  });

  it('counts once a person, whatever it says the second time', () => {
    const request = requestOf({ stages: [stageOf({ quorum: 2 })] });
    const [first, second] = [voteOf('bob', 1), voteOf('bob', 2, { decision: 'reject' })];
    const judged = judgeVotes(ballotOf({ request, votes: [second, first] }));
    expect(judged.outcome).toBe('open');
    expect(judged.refusals).toEqual({ [second.id]: 'bob has voted already, and counts once in all stages' });
  });

  it('comes too late once it is decided', () => {
    const votes = [voteOf('bob', 1), voteOf('cy', 2, { decision: 'reject' })];
    const judged = judgeVotes(ballotOf({ votes }));
    expect(judged.outcome).toBe('approved');
    expect(Object.values(judged.refusals)).toEqual(['the approval was approved before this vote was cast']);
  });

  it('is judged the same in any order of arrival', () => {
    const votes = [voteOf('bob', 1), voteOf('cy', 2, { decision: 'reject' }), voteOf('dee', 3)];
    expect(judgeVotes(ballotOf({ votes: [...votes].reverse() }))).toEqual(judgeVotes(ballotOf({ votes })));
  });
});

describe('a rejection', () => {
  const votes = [voteOf('bob', 1, { decision: 'reject' }), voteOf('cy', 2), voteOf('dee', 3)];

  it('ends it at once where the stage has a veto', () => {
    const judged = judgeVotes(ballotOf({ votes, request: requestOf({ stages: [stageOf({ quorum: 2 })] }) }));
    expect(judged).toMatchObject({
      outcome: 'rejected',
      stages: [{ status: 'rejected', rejections: ['bob'] }],
    });
  });

  it('does not stop enough others where it has none, and as many rejections as the quorum end it', () => {
    const request = requestOf({ stages: [stageOf({ quorum: 2, veto: false })] });
    expect(judgeVotes(ballotOf({ votes, request })).outcome).toBe('approved');
    const against = [...votes.slice(0, 2), voteOf('dee', 3, { decision: 'reject' })];
    expect(judgeVotes(ballotOf({ votes: against, request })).outcome).toBe('rejected');
  });
});

describe('a delegated vote', () => {
  const members = [...people, voterOf('fay', { roles: ['business-analyst'] })];
  const vote = voteOf('fay', 1, { onBehalfOf: 'bob' });
  const delegations = [delegationOf('bob', 'fay')];

  it('counts for the one in whose place it is given', () => {
    const judged = judgeVotes(ballotOf({ votes: [vote], members, delegations }));
    expect(judged).toMatchObject({ outcome: 'approved', stages: [{ approvals: ['bob'] }] });
  });

  const refused: readonly (readonly [string, Partial<VotesToJudge>, RegExp])[] = [
    ['nobody delegated', { delegations: [] }, /bob has not delegated a vote to fay/],
    ['it was over', { delegations: [delegationOf('bob', 'fay', { until: hoursIn(0.5) })] }, /did not hold/],
    [
      'it was ended',
      { delegations: [delegationOf('bob', 'fay', { endedAt: hoursIn(0.5) })] },
      /did not hold/,
    ],
    [
      'it began later',
      { delegations: [delegationOf('bob', 'fay', { createdAt: hoursIn(2) })] },
      /did not hold/,
    ],
    [
      'it is of another project',
      { delegations: [delegationOf('bob', 'fay', { project: 'other' })] },
      /has not delegated/,
    ],
    [
      'it is for another role',
      { delegations: [delegationOf('bob', 'fay', { role: 'admin' })] },
      /as admin, and the stage takes reviewer/,
    ],
    [
      'the seat lost the role',
      {
        members: [
          ...members.filter(({ account }) => account !== 'bob'),
          voterOf('bob', { roles: ['admin'] }),
        ],
      },
      /bob is admin/,
    ],
    ['the delegate is no member', { members: people }, /there is no account fay/],
    ['the seat is an author', { request: authored('bob') }, /bob made what is to be approved/],
    ['the delegate is an author', { request: authored('fay') }, /fay made what is to be approved/],
  ];
  it.each(refused)('is refused where %s', (_, change, reason) => {
    expect(fateOf(vote, { members, delegations, ...change })).toMatch(reason);
  });

  it('is no second vote: neither for the seat nor for the person', () => {
    const request = requestOf({ stages: [stageOf({ quorum: 3 })] });
    const own = voteOf('bob', 2);
    const both = { request, members, delegations: [...delegations, delegationOf('cy', 'fay')] };
    expect(judgeVotes(ballotOf({ ...both, votes: [vote, own] })).refusals).toEqual({
      [own.id]: 'the vote of bob has been given already',
    });
    const again = voteOf('fay', 2, { onBehalfOf: 'cy' });
    expect(judgeVotes(ballotOf({ ...both, votes: [vote, again] })).refusals[again.id]).toMatch(
      /fay has voted/,
    );
  });
});

describe('stages', () => {
  const stages = [
    stageOf(),
    stageOf({ name: 'govern', role: 'admin', escalate: { afterMs: 3_600_000, role: 'it-operations' } }),
  ];
  const members = [
    ...people,
    voterOf('gil', { roles: ['admin', 'reviewer'] }),
    voterOf('ops', { roles: ['it-operations'] }),
  ];
  const given = { request: requestOf({ stages }), members, now: hoursIn(5) };

  it('come one after the other, each from the vote that passed the one before', () => {
    const early = voteOf('gil', 2);
    const judged = judgeVotes(ballotOf({ ...given, votes: [voteOf('bob', 1), early] }));
    expect(judged).toMatchObject({ outcome: 'approved', counted: { [early.id]: 1 } });
    expect(judged.stages[1]).toMatchObject({ openedAt: hoursIn(1), closesAt: hoursIn(101) });
  });

  it('take a person once in all of them', () => {
    const votes = [voteOf('gil', 1), voteOf('gil', 2)];
    expect(judgeVotes(ballotOf({ ...given, votes })).outcome).toBe('open');
  });

  it('take the other role only when the time of the escalation has come', () => {
    const [early, late] = [voteOf('ops', 1.5), voteOf('ops', 2.5)];
    const judged = judgeVotes(ballotOf({ ...given, votes: [voteOf('bob', 1), early, late] }));
    expect(judged.refusals[early.id]).toMatch(/takes votes of admin, and ops is it-operations/);
    expect(judged).toMatchObject({ outcome: 'approved', counted: { [late.id]: 1 } });
  });

  it('say that they expired, and that none was ever there approves nothing', () => {
    const expired = judgeVotes(ballotOf({ ...given, now: hoursIn(101) }));
    expect(expired).toMatchObject({ outcome: 'open', stage: 0 });
    expect(expired.stages.map(({ status }) => status)).toEqual(['expired', 'waiting']);
    const none = { request: requestOf({ stages: [] }), votes: [voteOf('bob', 1)] };
    expect(judgeVotes(ballotOf(none))).toMatchObject({ outcome: 'open', counted: {} });
  });

  it('need two people outside the author set where a machine started it', () => {
    const authorSet = { authors: [], strangers: ['X <x@x>'], machineStarted: true };
    const request = requestOf({ authorSet });
    expect(judgeVotes(ballotOf({ request, votes: [voteOf('bob', 1)] }))).toMatchObject({
      outcome: 'open',
      stages: [{ quorum: 2, approvals: ['bob'] }],
    });
    expect(judgeVotes(ballotOf({ request, votes: [voteOf('bob', 1), voteOf('cy', 2)] })).outcome).toBe(
      'approved',
    );
    const enough = requestOf({ authorSet, stages });
    expect(judgeVotes(ballotOf({ ...given, request: enough })).stages.map(({ quorum }) => quorum)).toEqual([
      1, 1,
    ]);
  });
});

describe('voters', () => {
  it('are the accounts, with the roles of their membership now', () => {
    const row = { kind: 'person', admin: false, disabledAt: null } as const;
    const accounts = [
      { ...row, name: 'bob' },
      { ...row, name: 'zoe', disabledAt: hoursIn(0) },
    ];
    expect(votersOf(accounts, [{ account: 'bob', roles: ['reviewer'] }])).toEqual([
      voterOf('bob'),
      voterOf('zoe', { roles: [], disabled: true }),
    ]);
  });
});

function authored(account: string) {
  return requestOf({
    authorSet: { authors: [{ account, why: ['wrote 123'] }], strangers: [], machineStarted: false },
  });
}
