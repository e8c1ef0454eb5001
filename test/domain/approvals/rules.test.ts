import { describe, expect, it } from 'vitest';
import {
  type AuthorFacts,
  authorSet,
  bothSets,
  newlyFound,
  startsOf,
} from '../../../domain/approvals/author-set.js';
import { meetOthers } from '../../../domain/approvals/newer-candidate.js';
import { type ApprovalProgress, nextApprovalStep } from '../../../domain/approvals/next-approval-step.js';
import { policyStages } from '../../../domain/approvals/policy-stages.js';
import { readVote } from '../../../domain/approvals/read-vote.js';
import type { CauseKind } from '../../../domain/names.js';
import { hourMs, hoursIn, openedAt, stageOf, voteOf } from './ballots.js';

const begun = (kind: CauseKind, by: string | null) => ({ kind, by, isResume: false });
const personOf = (name: string) => ({ name, email: `${name}@example.org` });

function factsOf(change: Partial<AuthorFacts> = {}): AuthorFacts {
  return {
    commits: [],
    configEdits: [],
    starts: [begun('manual', 'ada')],
    members: ['ada', 'bob', 'cy'].map((account) => ({ account, emails: [`${account}@example.org`] })),
    accounts: [
      ...['ada', 'bob', 'cy'].map((name) => ({ name, kind: 'person' as const, email: null })),
      { name: 'ci', kind: 'machine', email: null },
    ],
    gaps: [],
    ...change,
  };
}
const commitOf = (author: string, committer = author, coAuthors: readonly string[] = []) => ({
  id: 'abcdef0123456789'.padEnd(40, '0'),
  author: personOf(author),
  committer: personOf(committer),
  coAuthors: coAuthors.map(personOf),
});

describe('the author set', () => {
  it('has authors, committers, co-authors, editors of configuration and the starter, each with why', () => {
    const facts = factsOf({
      commits: [commitOf('ada', 'bob', ['cy'])],
      configEdits: [commitOf('bob')],
    });
    expect(authorSet(facts)).toEqual({
      authors: [
        { account: 'ada', why: ['wrote abcdef012345', 'started the run'] },
        {
          account: 'bob',
          why: ['committed abcdef012345', 'edited configuration or policy in abcdef012345'],
        },
        { account: 'cy', why: ['with others wrote abcdef012345'] },
      ],
      strangers: [],
      machineStarted: false,
    });
  });

  it('has who resumed the run beside who started it', () => {
    const at = '2026-03-01T00:00:00.000Z';
    const starts = startsOf([
      { kind: 'manual', by: 'ada', at },
      { kind: 'manual', by: 'bob', at, round: 1 },
      { kind: 'manual', by: 'nobody known', at, round: 2 },
    ]);
    expect(authorSet(factsOf({ starts }))).toEqual({
      authors: [
        { account: 'ada', why: ['started the run'] },
        { account: 'bob', why: ['resumed the run'] },
      ],
      strangers: [],
      machineStarted: false,
    });
  });

  it('knows people by any of their addresses, however they are spelled', () => {
    const members = [{ account: 'ada', emails: ['other@example.org', 'ADA@example.org'] }];
    const commit = { ...commitOf('ada'), author: { name: 'A', email: ' Ada@Example.org' } };
    expect(authorSet(factsOf({ members, commits: [commit] })).authors[0]?.account).toBe('ada');
  });

  it('knows people by the address that they sign in with too, and whoever shares one', () => {
    const accounts = [
      { name: 'ada', kind: 'person', email: 'ada@corp.example' },
      { name: 'ada2', kind: 'person', email: null },
      { name: 'eve', kind: 'person', email: 'eve@corp.example' },
    ] as const;
    const members = [
      { account: 'ada', emails: [] },
      { account: 'ada2', emails: ['ada@corp.example'] },
    ];
    const by = (email: string) => ({ ...commitOf('x'), author: { name: 'x', email }, coAuthors: [] });
    const found = authorSet(factsOf({ members, accounts, commits: [by('Ada@corp.example')] }));
    expect(found.authors.map(({ account }) => account)).toEqual(['ada', 'ada2']);
    expect(found.machineStarted).toBe(false);
    // An account that is no member is an author all the same, and a stranger to the project.
    expect(authorSet(factsOf({ members, accounts, commits: [by('eve@corp.example')] }))).toMatchObject({
      authors: [{ account: 'ada' }, { account: 'eve' }],
      strangers: ['x <eve@corp.example>'],
      machineStarted: true,
    });
  });

  it('of two looks is whoever is in either', () => {
    const [earlier, later] = [authorSet(factsOf()), authorSet(factsOf({ commits: [commitOf('bob')] }))];
    expect(bothSets(earlier, later)).toEqual(later);
    expect(bothSets(later, earlier)).toEqual(later);
    expect(newlyFound(later, earlier)).toBeNull();
    expect(newlyFound(earlier, later)).toBe('bob had a hand in it too');
    const machine = { ...earlier, machineStarted: true };
    expect(bothSets(earlier, machine).machineStarted).toBe(true);
    expect(newlyFound(earlier, machine)).toBe('no person is known to have made all of it');
  });

  it.each([
    ['a commit whose author is no member', { commits: [commitOf('zoe', 'ada')] }, ['zoe <zoe@example.org>']],
    ['a co-author who is none', { commits: [commitOf('ada', 'ada', ['zoe'])] }, ['zoe <zoe@example.org>']],
    ['what could not be looked at', { gaps: ['whoever'] }, ['whoever']],
    ['a schedule', { starts: [begun('schedule', null)] }, []],
    ['a machine account', { starts: [begun('manual', 'ci')] }, []],
    ['nobody known', { starts: [begun('manual', 'admin token')] }, []],
    ['no start at all', { starts: [] }, []],
    [
      'a person who only resumed it',
      { starts: [begun('schedule', null), { ...begun('manual', 'ada'), isResume: true }] },
      [],
    ],
  ] as const)('makes it machine-started: %s', (_, change, strangers) => {
    expect(authorSet(factsOf(change))).toMatchObject({ machineStarted: true, strangers });
  });

  it('is a person’s, though a service committed for them', () => {
    expect(authorSet(factsOf({ commits: [commitOf('ada', 'noreply')] })).machineStarted).toBe(false);
  });

  it('stays short, however many commits there are', () => {
    const commits = Array.from({ length: 500 }, (_, at) => ({
      ...commitOf('ada', 'ada', [`stranger-${at}`]),
      id: String(at + 1000).padEnd(40, '0'),
    }));
    const found = authorSet(factsOf({ commits }));
    expect(found.authors[0]?.why).toHaveLength(6);
    expect(found.strangers).toHaveLength(51);
    expect(found.strangers.at(-1)).toBe('and 450 more');
  });
});

describe('a newer candidate', () => {
  it.each([
    [3, [1, 2], 'supersedes', { kind: 'ask', supersedes: [1, 2] }],
    [2, [1, 3], 'supersedes', { kind: 'superseded', by: 3 }],
    [1, [], 'supersedes', { kind: 'ask', supersedes: [] }],
    [3, [1, 2], 'waits', { kind: 'wait', for: 2 }],
    [2, [3], 'waits', { kind: 'ask', supersedes: [] }],
  ] as const)('as version %i among %j, by the rule %s', (version, open, rule, encounter) => {
    expect(meetOthers(version, open, rule)).toEqual(encounter);
  });
});

describe('the next step of an approval', () => {
  const stages = [
    stageOf({ remindMs: 24 * hourMs, escalate: { afterMs: 36 * hourMs, role: 'admin' } }),
    stageOf({ name: 'govern' }),
  ];
  const judged = { outcome: 'open', reason: '', stage: 0, stageOpenedAt: openedAt, at: openedAt } as const;
  const progress = (change: Partial<ApprovalProgress> = {}): ApprovalProgress => ({
    stages,
    stage: 0,
    stageOpenedAt: openedAt,
    reminded: 0,
    escalated: false,
    judged,
    ...change,
  });
  const at = (hours: number) => Date.parse(hoursIn(hours));

  it.each([
    ['waits for the first reminder', progress(), 1, { kind: 'wait', untilMs: at(24) }],
    ['reminds', progress(), 24, { kind: 'remind', reminded: 1 }],
    ['waits for the escalation', progress({ reminded: 1 }), 25, { kind: 'wait', untilMs: at(36) }],
    ['escalates', progress({ reminded: 1 }), 37, { kind: 'escalate', role: 'admin' }],
    [
      'reminds once for all that were missed',
      progress({ escalated: true }),
      80,
      { kind: 'remind', reminded: 3 },
    ],
    ['waits for the end', progress({ escalated: true, reminded: 4 }), 97, { kind: 'wait', untilMs: at(100) }],
    ['looks once more at the end', progress({ escalated: true, reminded: 4 }), 100, { kind: 'settle' }],
    [
      'expires when it has looked',
      progress({ judged: { ...judged, at: hoursIn(100) } }),
      100,
      { kind: 'end', status: 'expired', reason: `stage "review" had not enough votes by ${hoursIn(100)}` },
    ],
    [
      'enters the stage that was opened',
      progress({ judged: { ...judged, stage: 1, stageOpenedAt: hoursIn(5) } }),
      200,
      { kind: 'enter', stage: 1, openedAt: hoursIn(5) },
    ],
    [
      'ends as judged, before all else',
      progress({ judged: { ...judged, outcome: 'void', reason: 'policy', stage: 1 } }),
      200,
      { kind: 'end', status: 'void', reason: 'policy' },
    ],
    [
      'has nothing to wait for without a stage',
      progress({ stages: [] }),
      0,
      expect.objectContaining({ status: 'void' }),
    ],
  ] as const)('%s', (_, given, hours, step) => {
    expect(nextApprovalStep(given, at(hours))).toEqual(step);
  });
});

describe('a signed vote', () => {
  it('is read as it was written', () => {
    const { statement } = voteOf('bob', 1);
    expect(readVote(statement)).toBe(statement);
  });

  it.each([
    [null, /not a vote/],
    [[], /not a vote/],
    [{ ...voteOf('bob', 1).statement, type: 'v2' }, /version 1/],
    [{ ...voteOf('bob', 1).statement, round: '1' }, /valid round/],
    [{ ...voteOf('bob', 1).statement, onBehalfOf: 7 }, /valid onBehalfOf/],
    [{ ...voteOf('bob', 1).statement, decision: 'yes' }, /valid decision/],
    [{ ...voteOf('bob', 1).statement, digests: { policy: 7 } }, /valid digests/],
    [{ ...voteOf('bob', 1).statement, approver: undefined, nonce: 1 }, /valid approver, nonce/],
    [{ ...voteOf('bob', 1).statement, weight: 2 }, /says weight, of which a vote says nothing/],
  ])('is none where it is %j', (value, reason) => {
    expect(readVote(value)).toMatch(reason);
  });
});

it('the stages of a policy have their times in milliseconds', () => {
  const stage = { name: 'review', role: 'reviewer', quorum: 2, veto: false, expireAfter: '14 days' } as const;
  const escalate = { after: '2 days', role: 'admin' } as const;
  expect(policyStages([{ ...stage, remindAfter: '12 hours', escalate }, stage])).toEqual([
    {
      name: 'review',
      role: 'reviewer',
      quorum: 2,
      veto: false,
      expireMs: 336 * hourMs,
      remindMs: 12 * hourMs,
      escalate: { afterMs: 48 * hourMs, role: 'admin' },
    },
    expect.objectContaining({ remindMs: null, escalate: null }),
  ]);
});
