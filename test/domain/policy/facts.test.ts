import { describe, expect, it } from 'vitest';
import { compareColumns } from '../../../domain/drift/compare-columns.js';
import type { SliceEvaluation } from '../../../domain/metrics/evaluation.js';
import { measured, undefinedMetric } from '../../../domain/metrics/metric-value.js';
import { driftFacts } from '../../../domain/policy/facts/drift-facts.js';
import { evaluationFacts, metricFacts } from '../../../domain/policy/facts/evaluation-facts.js';
import type { FactType } from '../../../domain/policy/facts/fact-type.js';
import { factTypes } from '../../../domain/policy/facts/fact-types.js';
import { gapFacts } from '../../../domain/policy/facts/gap-facts.js';
import { isMissing } from '../../../domain/policy/facts/policy-facts.js';
import { judgeRule } from './judge-rules.js';
import { madeFacts } from './made-facts.js';

const slice = (value: string, metrics: SliceEvaluation['metrics']): SliceEvaluation => ({
  column: 'origin',
  value,
  rows: 100,
  metrics,
});

describe('facts of an evaluation', () => {
  it('say why a metric, or its interval, is missing', () => {
    expect(
      metricFacts({
        auc: undefinedMetric('one class only'),
        mae: measured(3, 10),
        recall: measured(0.5, 9, { low: 0.4, high: 0.6 }),
      }),
    ).toEqual({
      auc: { missing: 'one class only' },
      mae: {
        value: 3,
        n: 10,
        low: { missing: 'the metric has no interval on these rows' },
        high: { missing: 'the metric has no interval on these rows' },
      },
      recall: { value: 0.5, low: 0.4, high: 0.6, n: 9 },
    });
  });

  it('are missing, and no empty list, where the evaluation has no slices', () => {
    const split = { rows: 1, unlabelled: 0, metrics: {}, baseline: {} };
    const splits = { train: split, validation: split, test: split };
    const facts = evaluationFacts({ splits, slices: [] });
    expect(facts.slices).toHaveProperty('missing');
    expect(facts.gaps).toHaveProperty('missing');
  });

  it('take the worst slice by the direction of the metric, and leave out those with too few rows', () => {
    const few = undefinedMetric('too few');
    const gaps = gapFacts([
      slice('A', { recall: measured(0.3, 200), logLoss: measured(0.4, 100), skill: measured(-0.1, 100) }),
      slice('B', { recall: measured(0.6, 300), logLoss: measured(0.5, 110), skill: measured(0.1, 100) }),
      slice('C', { recall: few, logLoss: few, skill: few }),
    ]);
    expect(gaps['origin']?.['recall']).toMatchObject({
      worst: 0.3,
      best: 0.6,
      ratio: 0.5,
      worstSlice: 'A',
      bestSlice: 'B',
      judged: 2,
      tooFew: 1,
      n: 200,
    });
    expect(gaps['origin']?.['logLoss']).toMatchObject({ worst: 0.5, worstSlice: 'B', ratio: 0.8, n: 110 });
    expect(gaps['origin']?.['skill']).toMatchObject({
      ratio: { missing: 'the metric is negative in a slice' },
    });
  });

  it('have no gap between fewer than two slices', () => {
    expect(gapFacts([slice('A', { recall: measured(0.3, 200) })])['origin']?.['recall']).toHaveProperty(
      'missing',
    );
  });
});

describe('facts of drift', () => {
  it('keep what could not be judged apart from what is stable', () => {
    const many = Float64Array.from({ length: 3000 }, (_, at) => at % 97);
    const facts = driftFacts(
      compareColumns({
        steady: { kind: 'numeric', reference: many, current: many },
        moved: { kind: 'numeric', reference: many, current: many.map((value) => value + 40) },
        few: { kind: 'numeric', reference: many, current: many.slice(0, 50) },
      }),
    );
    expect(facts).toMatchObject({ drifted: 1, unjudged: 1, compared: 3 });
    expect(facts).toMatchObject({ columns: { few: { ks: { missing: expect.stringContaining('50') } } } });
    expect(facts).toMatchObject({
      columns: { steady: { drifted: false, cramersV: { missing: expect.anything() } } },
    });
  });
});

describe('an input that has nothing to be compared with', () => {
  const many = Float64Array.from({ length: 3000 }, (_, at) => at % 97);
  const same = { kind: 'numeric', reference: many, current: many } as const;
  const few = { kind: 'numeric', reference: many, current: many.slice(0, 50) } as const;

  it('is missing by its name, and counted', () => {
    const facts = driftFacts(compareColumns({ temp: same }), { carrier: 'it has another type' });
    expect(facts).toMatchObject({ drifted: 0, unjudged: 1, compared: 1 });
    const asked = madeFacts({ drift: facts });
    expect(judgeRule('drift.columns.temp.ks < 0.1 && drift.drifted <= 5', asked).verdict).toBe('pass');
    expect(judgeRule('drift.columns.carrier.cramersV < 0.1', asked)).toMatchObject({
      verdict: 'inconclusive',
      text: 'drift.columns.carrier is missing: it has another type',
    });
    expect(judgeRule('drift.columns.all(c, drift.columns[c].n > 0)', asked).verdict).toBe('inconclusive');
  });

  it('makes the count of those that drifted missing where it is every one', () => {
    const drift = driftFacts(compareColumns({ temp: few }), { carrier: 'it has another type' });
    expect(judgeRule('drift.drifted <= 5', madeFacts({ drift }))).toMatchObject({
      verdict: 'inconclusive',
      text: expect.stringContaining('no input has enough rows'),
    });
    expect(driftFacts([], { carrier: 'it has another type' })).toEqual({ missing: 'it has another type' });
  });
});

describe('the names that rules may use', () => {
  it('are the parts of the facts that are gathered, no more and no less', () => {
    expect(Object.keys(factTypes()).sort()).toEqual(Object.keys(madeFacts()).sort());
    const drift = driftFacts(
      compareColumns({
        temp: { kind: 'numeric', reference: new Float64Array(9), current: new Float64Array(9) },
      }),
    );
    const associations = [{ input: 'temp', column: 'age', value: 0.1, measure: 'rank correlation', n: 900 }];
    const champion = { version: 1, metrics: madeFacts().metrics.test };
    const facts = madeFacts({ drift, associations, champion });
    expect(unlike(factTypes(), facts as never, '')).toEqual([]);
  });
});

/** Where facts and their types differ. */
function unlike(
  types: Readonly<Record<string, FactType>>,
  facts: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const names = [...new Set([...Object.keys(types), ...Object.keys(facts)])];
  return names.flatMap((name) => {
    const type = types[name];
    return type !== undefined && name in facts
      ? unlikeValue(type, facts[name], `${path}.${name}`)
      : [`${path}.${name}`];
  });
}

function unlikeValue(type: FactType, value: unknown, path: string): string[] {
  if (isMissing(value)) return [];
  switch (type.kind) {
    case 'object':
      return unlike(type.fields, value as Record<string, unknown>, path);
    case 'map':
      return Object.entries(value as object).flatMap(([name, item]) =>
        unlikeValue(type.value, item, `${path}.${name}`),
      );
    case 'list':
      return (value as unknown[]).flatMap((item) => unlikeValue(type.element, item, `${path}[]`));
    default:
      return typeof value === (type.kind === 'text' ? 'string' : type.kind)
        ? []
        : [`${path} is ${typeof value}`];
  }
}
