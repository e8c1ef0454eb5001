import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GivenFacts, judgePolicy, overallVerdict } from '../../../domain/policy/judge-policy.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { judgeRule, policyOf } from './judge-rules.js';
import { madeFacts, metric } from './made-facts.js';

const runs = { numRuns: 250, seed: 20130401 };

/** A fact that is missing in every one of these facts, in many disguises. */
const missingFacts = [
  'champion.version',
  'champion.metrics.rocAuc.value',
  'metrics.test.prAuc.value',
  'drift.drifted',
  'drift.columns["temp"].psi',
  'gaps.origin.recall.ratio',
];
const facts = madeFacts({
  gaps: { origin: { recall: { missing: '1 of 3 slices has enough rows, at least 2 are needed' } } },
  metrics: {
    ...madeFacts().metrics,
    test: { ...madeFacts().metrics.test, prAuc: { missing: 'one class only' } },
  },
});

const number = fc.oneof(
  fc.double({ min: -10, max: 10, noNaN: true }).map((value) => `(${value.toFixed(3)})`),
  fc.constantFrom('dataset.rows.test', 'metrics.test.rocAuc.value', 'history.version', 'size(slices)'),
);
const comparison = fc
  .tuple(number, fc.constantFrom('<', '<=', '>', '>=', '==', '!='), number)
  .map(([left, operator, right]) => `${left} ${operator} ${right}`);
const missingComparison = fc
  .tuple(
    fc.constantFrom(...missingFacts),
    fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
    number,
    fc.boolean(),
  )
  .map(([fact, operator, other, mirrored]) =>
    mirrored ? `${other} ${operator} ${fact}` : `${fact} ${operator} ${other}`,
  );
const arithmetic = fc
  .tuple(fc.constantFrom(...missingFacts), fc.constantFrom('+', '-', '*'), number)
  .map(([fact, operator, other]) => `abs(${fact} ${operator} ${other}) >= 0.0`);

/** Expressions without `has` and `? :` that name at least one missing fact. */
const touching: fc.Arbitrary<string> = fc.letrec<{ any: string; missing: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc.constantFrom('true', 'false'),
    joined(tie('any'), tie('any')),
  ),
  missing: fc.oneof(
    { maxDepth: 3 },
    missingComparison,
    arithmetic,
    tie('missing').map((inner) => `!(${inner})`),
    joined(tie('missing'), tie('any')),
    joined(tie('any'), tie('missing')),
    tie('missing').map((inner) => `slices.all(s, s.rows >= 0.0 || ${inner})`),
    tie('missing').map((inner) => `!slices.exists(s, ${inner})`),
  ),
})).missing;

function joined(left: fc.Arbitrary<string>, right: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(left, fc.constantFrom('&&', '||'), right)
    .map(([first, operator, second]) => `(${first}) ${operator} (${second})`);
}

describe('a policy fails closed', () => {
  it('for every expression that touches a fact that is missing', () => {
    fc.assert(
      fc.property(touching, (require) => {
        expect(judgeRule(require, facts).verdict, require).not.toBe('pass');
      }),
      runs,
    );
  });

  it('for the same expressions with the fact there, it can pass: the test above is not empty', () => {
    const whole = madeFacts({
      champion: { version: 1, metrics: { rocAuc: metric(0.6) } },
      metrics: { ...madeFacts().metrics, test: { ...madeFacts().metrics.test, prAuc: metric(0.5) } },
    });
    let passes = 0;
    fc.assert(
      fc.property(touching, (require) => {
        if (judgeRule(require, whole).verdict === 'pass') passes += 1;
      }),
      runs,
    );
    expect(passes).toBeGreaterThan(20);
  });

  it('for whatever stands among the facts instead of facts', () => {
    const rules = [
      'metrics.test.rocAuc.value >= 0.0 || metrics.test.rocAuc.value < 0.0',
      'slices.all(s, s.rows >= 0.0 || s.rows < 0.0)',
      'dataset.rows.test >= 0.0 || dataset.rows.test < 0.0',
      'gaps.origin.recall.ratio <= 1.0 || gaps.origin.recall.ratio > 1.0',
    ];
    const junk = fc.oneof(
      fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, '', '0.9', true, [], {}),
      fc.record({ missing: fc.string() }),
      fc.record({ value: fc.constantFrom(null, 'x', Number.NaN, [1]) }),
    );
    const parts = fc.record({
      metrics: fc.oneof(junk, fc.record({ test: fc.oneof(junk, fc.record({ rocAuc: junk })) })),
      slices: fc.oneof(junk, fc.array(junk, { maxLength: 3 })),
      dataset: fc.oneof(junk, fc.record({ rows: fc.oneof(junk, fc.record({ test: junk })) })),
      gaps: fc.oneof(junk, fc.record({ origin: fc.record({ recall: junk }) })),
    });
    fc.assert(
      fc.property(parts, fc.constantFrom(...rules), (given, require) => {
        expect(judgeRule(require, given).verdict, JSON.stringify(given)).not.toBe('pass');
      }),
      runs,
    );
  });

  it('for any text that is no rule', () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.stringMatching(/^[a-z.()[\]!&|<>=+*/ "0-9-]{0,60}$/),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(anything, (require) => {
        const { verdict } = judgeRule(require.length > 0 ? require : ' ', {});
        // Without facts only what holds of itself can be true, such as `1 < 2`.
        if (verdict === 'pass') expect(require).toMatch(/\d|true|"/);
      }),
      runs,
    );
  });
});

describe('the whole answer', () => {
  it('is no pass where nothing was asked, and warnings alone do not stop a version', () => {
    expect(overallVerdict([])).toBe('error');
    expect(overallVerdict([{ severity: 'warn', verdict: 'fail' }])).toBe('pass');
    expect(overallVerdict([{ severity: 'block', verdict: 'inconclusive' }])).toBe('inconclusive');
  });

  it('is the worst of what blocks', () => {
    const verdict = fc.constantFrom('pass', 'fail', 'inconclusive', 'error');
    const result = fc.record({ severity: fc.constantFrom('block', 'warn'), verdict });
    fc.assert(
      fc.property(fc.array(result, { minLength: 1 }), (results) => {
        const blocking = results.filter(({ severity }) => severity === 'block');
        const all = blocking.every((one) => one.verdict === 'pass');
        expect(overallVerdict(results as never) === 'pass').toBe(all);
      }),
    );
  });

  it('holds a result for every rule and every check, whatever the facts are', () => {
    const policy = mergePolicies(
      policyOf({ rules: [{ name: 'a', require: 'dataset.rows.all > 1' }], leastIsolation: 'uid' }),
      policyOf({
        rules: [{ name: 'b', require: 'metrics.test.rocAuc.value > 0.5' }],
        ethics: { statement: 'Considered by the people who wrote it.', forbiddenFeatures: ['age'] },
      }),
    );
    for (const given of [madeFacts(), {}, { metrics: null }])
      expect([...judgePolicy(policy, given as GivenFacts)].map(({ name }) => name)).toEqual([
        'a',
        'b',
        'ethics-forbidden-features',
        'ethics-near-copies',
        'least-isolation',
      ]);
  });
});
