import fc from 'fast-check';
import type { AuthorFacts, CommitPeople } from '../../../domain/approvals/author-set.js';
import { delegationOf, hoursIn, stageOf, voteOf, voterOf } from './ballots.js';

const names = ['ada', 'bob', 'cy', 'dee', 'eve', 'fay'] as const;
/** Addresses that accounts and members have, some of them more than one, and one that is nobody's. */
const addresses = ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'e@x.org'] as const;
const anyName = fc.constantFrom(...names);
const anyRole = fc.constantFrom('reviewer', 'admin', 'data-scientist');
const anyAddress = fc.constantFrom(...addresses);
const anyHours = fc.double({ min: -1, max: 40, noNaN: true });
/** As people write the same address in two places. */
const anySpelling = fc.constantFrom(
  (text: string) => text,
  (text: string) => ` ${text.toUpperCase()} `,
);

const anyPerson = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: anyAddress }, fc.constant('nobody@x.org')), anySpelling)
  .map(([address, spelled]) => ({ name: 'somebody', email: spelled(address) }));

const anyCommit: fc.Arbitrary<CommitPeople> = fc.record({
  id: fc.constant('c'.repeat(40)),
  author: anyPerson,
  committer: anyPerson,
  coAuthors: fc.array(anyPerson, { maxLength: 2 }),
});

const anyActor = fc.record({
  isMember: fc.constantFrom(true, true, true, false),
  roles: fc.uniqueArray(anyRole, { minLength: 1, maxLength: 3 }),
  emails: fc.uniqueArray(anyAddress, { maxLength: 2 }),
  email: fc.option(anyAddress, { freq: 2 }),
  kind: fc.constantFrom('person', 'person', 'person', 'person', 'machine'),
  admin: fc.boolean(),
  disabled: fc.constantFrom(false, false, false, false, true),
});

/** Who made something, who may be asked, and what they say. */
export const anyGraph = fc.record({
  commits: fc.array(anyCommit, { maxLength: 1 }),
  configEdits: fc.array(anyCommit, { maxLength: 1, size: 'xsmall' }),
  gap: fc.constantFrom(false, false, false, true),
  starts: fc.array(
    fc.record({
      kind: fc.constantFrom('manual', 'push', 'schedule', 'monitoring', 'new-data'),
      by: fc.option(fc.oneof(anyName, fc.constant('unknown'))),
      isResume: fc.constantFrom(false, false, true),
    }),
    { maxLength: 2 },
  ),
  actors: fc.tuple(...names.map((account) => anyActor.map((row) => ({ account, ...row })))),
  stages: fc.array(
    fc.record({
      role: anyRole,
      quorum: fc.constantFrom(0, 1, 1, 2),
      veto: fc.boolean(),
      escalate: fc.option(fc.record({ afterMs: fc.nat(1e7), role: anyRole })),
    }),
    { maxLength: 2 },
  ),
  delegations: fc.array(
    fc.record({
      from: anyName,
      to: anyName,
      role: anyRole,
      until: fc.oneof(anyHours, fc.constant(100)),
      ended: fc.option(anyHours, { freq: 2 }),
    }),
    { maxLength: 6, size: 'max' },
  ),
  votes: fc.array(
    fc.record({
      by: anyName,
      hours: anyHours,
      /** Which delegation it is cast by; null for one's own, or for one that nobody gave. */
      through: fc.option(fc.nat(5), { freq: 2 }),
      onBehalfOf: fc.option(anyName, { freq: 8, nil: null }),
      approve: fc.constantFrom(...Array(14).fill(true), false),
      other: fc.constantFrom(...Array(14).fill(false), true),
    }),
    { maxLength: 24, size: 'max' },
  ),
  /** Authors that a liar leaves out of what is stored. */
  hidden: fc.uniqueArray(anyName, { maxLength: 6 }),
});
export type Graph = typeof anyGraph extends fc.Arbitrary<infer T> ? T : never;

export const membersIn = ({ actors }: Graph) => actors.filter(({ isMember }) => isMember);

export function factsIn({ commits, configEdits, gap, starts, actors, ...graph }: Graph): AuthorFacts {
  return {
    commits,
    configEdits,
    gaps: gap ? ['whoever took a commit out'] : [],
    starts,
    members: membersIn({ actors, ...graph } as Graph),
    accounts: actors.map(({ account, kind, email }) => ({ name: account, kind, email })),
  };
}

export const stagesIn = ({ stages }: Graph) =>
  stages.map((stage, at) => stageOf({ ...stage, name: `stage-${at}` }));

export const votersIn = ({ actors }: Graph) =>
  actors.map(({ account, isMember, kind, admin, disabled, roles }) =>
    voterOf(account, { kind, admin, disabled, roles: isMember ? roles : [] }),
  );

export const votesIn = ({ votes, delegations }: Graph) =>
  votes.map(({ by, hours, through, onBehalfOf, approve, other }, at) => {
    const given = through === null ? undefined : delegations[through];
    const own = { from: onBehalfOf === by ? null : onBehalfOf, to: by };
    const { from, to } = given ?? own;
    return voteOf(to, hours, {
      id: `vote-${at}`,
      onBehalfOf: from,
      decision: approve ? 'approve' : 'reject',
      ...(other ? { digests: { policy: 'other' } } : {}),
    });
  });

export const delegationsIn = ({ delegations }: Graph) =>
  delegations.map(({ until, ended, ...row }) =>
    delegationOf(row.from, row.to, {
      role: row.role,
      until: hoursIn(until),
      endedAt: ended === null ? null : hoursIn(ended),
    }),
  );

/** Who made it, found in the slowest way: every account that has an address of somebody, and who started or resumed it. */
export function makersIn(graph: Graph): ReadonlySet<string> {
  const used = peopleIn(graph).flatMap(({ author, committer, coAuthors }) => [
    author,
    committer,
    ...coAuthors,
  ]);
  const plain = used.map(({ email }) => email.trim().toLowerCase());
  const owners = graph.actors.filter(({ isMember, emails, email }) =>
    plain.some((one) => one === email || (isMember && emails.some((own) => own === one))),
  );
  const starters = graph.starts.flatMap(({ by }) => (by === null || by === 'unknown' ? [] : [by]));
  return new Set([...owners.map(({ account }) => account), ...starters]);
}

/** Whether no person is known to have made all of it. */
export function isMachineStarted(graph: Graph): boolean {
  const started = graph.starts.some(
    ({ kind, by, isResume }) =>
      !isResume &&
      (kind === 'manual' || kind === 'push') &&
      graph.actors.some((actor) => actor.account === by && actor.kind === 'person'),
  );
  const known = membersIn(graph).flatMap(({ emails, email }) => [...emails, email]);
  const strangers = peopleIn(graph)
    .flatMap(({ author, coAuthors }) => [author, ...coAuthors])
    .filter(({ email }) => !known.some((own) => own === email.trim().toLowerCase()));
  return graph.gap || !started || strangers.length > 0;
}

const peopleIn = ({ commits, configEdits }: Graph) => [...commits, ...configEdits];
