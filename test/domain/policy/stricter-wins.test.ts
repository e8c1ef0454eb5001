import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyConfig } from '../../../domain/config/policy.js';
import { durationSeconds } from '../../../domain/features/duration.js';
import { type GivenFacts, judgePolicy, overallVerdict } from '../../../domain/policy/judge-policy.js';
import type { PolicyStage } from '../../../domain/policy/merge-people.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { policyOf } from './judge-rules.js';
import { madeFacts } from './made-facts.js';

const runs = { numRuns: 1500, seed: 20130401 };
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const defined = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const rules = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    require: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          'dataset.rows.test >= 5',
          'metrics.test.rocAuc.value >= 0.6',
          '!has(champion.version)',
        ),
      },
      fc.constantFrom(
        'metrics.test.rocAuc.value >= 0.9',
        'champion.version > 0',
        'dataset.rows.train / (dataset.rows.test - 10000) > 0',
        'metrics.test.rocAuk.value > 0',
      ),
    ),
    severity: fc.constantFrom('block', 'warn'),
  }),
  { selector: ({ name }) => name, maxLength: 2 },
);
const ethics = fc.record({
  statement: fc.constant('Considered by the people who wrote it.'),
  forbiddenFeatures: fc.subarray(['age']),
  association: fc.constantFrom(0.5, 0.9),
  prohibitedPurposes: fc.subarray(['be late', 'credit scoring']),
  slices: fc.subarray([
    { column: 'origin', metric: 'recall', least: 0.3 },
    { column: 'origin', metric: 'recall', mostGap: 0.2 },
  ]),
});
const duration = fc.constantFrom('1 hour', '12 hours', '3 days', '14 days');
const role = fc.constantFrom('reviewer', 'admin', 'business-analyst');
const stages = fc.uniqueArray(
  fc
    .record({
      name: fc.constantFrom('review', 'security', 'last'),
      role,
      quorum: fc.integer({ min: 1, max: 4 }),
      veto: fc.boolean(),
      expireAfter: duration,
      remindAfter: maybe(duration),
      escalate: maybe(fc.record({ after: duration, role })),
    })
    .map(defined),
  { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
);
const people = fc.record({ stages, newer: fc.constantFrom('supersedes', 'waits') });
const policy = fc
  .record({
    rules,
    ethics: maybe(ethics),
    leastIsolation: fc.constantFrom('container', 'uid', 'none'),
    people: maybe(people),
  })
  .map((fields) => policyOf(defined(fields)));

const facts = fc
  .record({
    auc: fc.constantFrom(0.5, 0.7, 0.95),
    tier: fc.constantFrom('container', 'uid', 'none'),
    closest: fc.constantFrom(0.1, 0.7, 0.97),
  })
  .map(({ auc, tier, closest }) => ({
    ...madeFacts({
      associations: ['temp', 'carrier'].map((input) => ({
        ...{ input, column: 'age', measure: 'rank correlation', n: 900 },
        value: input === 'temp' ? closest : 0.1,
      })),
    }),
    metrics: { test: { rocAuc: { value: auc, n: 10 } } },
    isolation: { tier, rank: 1 },
  })) as unknown as fc.Arbitrary<GivenFacts>;

const verdictOf = (
  organisation: PolicyConfig | undefined,
  model: PolicyConfig | undefined,
  given: GivenFacts,
) => overallVerdict([...judgePolicy(mergePolicies(organisation, model), given)]);

describe('the stricter of two policies wins', () => {
  it('in what programs say: nothing passes both together that one of them alone does not let pass', () => {
    let passed = 0;
    fc.assert(
      fc.property(policy, policy, facts, (organisation, model, given) => {
        if (verdictOf(organisation, model, given) !== 'pass') return;
        passed += 1;
        expect(verdictOf(organisation, undefined, given)).toBe(
          // Alone it misses the statement that the policy of a model has to make.
          organisation.ethics === undefined ? 'pass' : 'fail',
        );
        expect(verdictOf(undefined, model, given)).toBe('pass');
      }),
      runs,
    );
    expect(passed).toBeGreaterThan(20);
  });

  it('in what people are asked: every stage of either is there, and none is easier', () => {
    fc.assert(
      fc.property(people, people, (organisation, model) => {
        const given = [organisation, model].map((asked) => policyOf({ people: asked }));
        const merged = mergePolicies(given[0], given[1]).people;
        for (const { people: alone } of given) {
          const left = [...(merged?.stages ?? [])];
          for (const stage of alone?.stages ?? []) {
            const at = left.findIndex((other) => isAsStrict(other, stage));
            expect(at, JSON.stringify([stage, merged])).toBeGreaterThanOrEqual(0);
            left.splice(at, 1);
          }
          if (alone?.newer === 'supersedes') expect(merged?.newer).toBe('supersedes');
        }
      }),
      runs,
    );
  });
});

function isAsStrict(merged: PolicyStage, alone: PolicyStage): boolean {
  const rejections = ({ veto, quorum }: PolicyStage) => (veto ? 1 : quorum);
  const seconds = (text: string | undefined) =>
    text === undefined ? Number.POSITIVE_INFINITY : durationSeconds(text);
  return (
    merged.role === alone.role &&
    (merged.name === alone.name || merged.name.startsWith(`${alone.name}-`)) &&
    merged.quorum >= alone.quorum &&
    rejections(merged) <= rejections(alone) &&
    seconds(merged.expireAfter) <= seconds(alone.expireAfter) &&
    seconds(merged.remindAfter) <= seconds(alone.remindAfter) &&
    (merged.escalate === undefined ||
      (merged.escalate.role === alone.escalate?.role &&
        seconds(merged.escalate.after) >= seconds(alone.escalate.after)))
  );
}
