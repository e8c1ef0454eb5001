import { describe, expect, it } from 'vitest';
import { judgeRule } from './judge-rules.js';
import { madeFacts, metric } from './made-facts.js';

const verdictOf = (require: string, facts?: object) => judgeRule(require, facts).verdict;

describe('a rule', () => {
  it('passes for true alone, and tells number, limit, distance and sample size', () => {
    expect(judgeRule('gaps.origin.recall.worst >= 0.3')).toMatchObject({
      verdict: 'pass',
      actual: 0.36,
      limit: 0.3,
      n: 210,
      text: '0.36 is at least 0.3: 0.06 to spare (n 210)',
    });
    expect(judgeRule('gaps.origin.recall.worst >= 0.4')).toMatchObject({
      verdict: 'fail',
      actual: 0.36,
      limit: 0.4,
      text: '0.36 is not at least 0.4: 0.04 lacking (n 210)',
    });
    expect(judgeRule('gaps.origin.recall.worst >= 0.4').distance).toBeCloseTo(-0.04, 12);
  });

  it.each([
    ['0.4 <= gaps.origin.recall.worst', -0.04, 'fail'],
    ['!(gaps.origin.recall.worst < 0.4)', -0.04, 'fail'],
    ['!(gaps.origin.recall.worst >= 0.4)', 0.04, 'pass'],
    ['gaps.origin.recall.worst < 0.4', 0.04, 'pass'],
    ['metrics.train.rocAuc.value - metrics.test.rocAuc.value <= 0.05', 0.03, 'pass'],
    ['dataset.rows.train > 2 * dataset.rows.test', 20_000, 'pass'],
    ['model.bytes <= 16 * 1024', 12_384, 'pass'],
    ['size(slices) >= 4', -1, 'fail'],
  ])('measures the distance of %s from passing', (require, distance, verdict) => {
    const result = judgeRule(require);
    expect(result.verdict).toBe(verdict);
    expect(result.distance).toBeCloseTo(distance, 9);
  });

  it('tells every comparison of a conjunction, and decides by the one that lacks most of its limit', () => {
    const result = judgeRule(
      'metrics.test.rocAuc.value >= 0.75 && dataset.rows.test >= 100000 && gaps.origin.recall.worst >= 0.3',
    );
    expect(result).toMatchObject({ verdict: 'fail', actual: 10_000, limit: 100_000, distance: -90_000 });
    expect(result.text).toContain('0.7 is not at least 0.75: 0.05 lacking');
    expect(result.text).toContain('0.36 is at least 0.3: 0.06 to spare');
  });

  it('that holds names the comparison that is closest to its limit', () => {
    const result = judgeRule('metrics.test.rocAuc.value >= 0.69 && dataset.rows.test >= 100');
    expect(result).toMatchObject({ verdict: 'pass', actual: 0.7, limit: 0.69 });
  });

  it('looks at every item of a list, and tells of each', () => {
    const every = 'slices.filter(s, has(s.metrics.recall.value)).all(s, s.metrics.recall.value >= 0.5)';
    expect(judgeRule(every)).toMatchObject({ verdict: 'fail', actual: 0.36, limit: 0.5, n: 210 });
    expect(judgeRule(every).text).toContain('0.6 is at least 0.5');
  });

  it('reads a pattern in a time by the length of the text alone', () => {
    const intendedUse = `${'a'.repeat(3999)}!`;
    const facts = madeFacts({ purpose: { ...madeFacts().purpose, intendedUse } });
    const began = performance.now();
    for (const pattern of ['^(a|a)*$', '^(a|aa)+$', '^a*a*a*a*$'])
      expect(verdictOf(`purpose.intendedUse.matches("${pattern}")`, facts)).toBe('fail');
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('compares texts and asks for membership', () => {
    expect(verdictOf('isolation.tier in ["container", "namespace", "uid"]')).toBe('pass');
    expect(verdictOf('isolation.tier in ["container"]')).toBe('fail');
    expect(verdictOf('model.algorithm == "a" && "temp" in model.inputs')).toBe('pass');
    expect(verdictOf('purpose.intendedUse.contains("late") && !purpose.intendedUse.matches("crew")')).toBe(
      'pass',
    );
    expect(verdictOf('"dest" in gaps')).toBe('fail');
  });
});

describe('a fact that is missing', () => {
  it.each([
    'slices.all(s, s.metrics.recall.value > 0.0)',
    'slices.exists(s, s.metrics.recall.value > 0.5)',
    '!slices.exists(s, s.metrics.recall.value > 0.9)',
    'champion.metrics.rocAuc.value < 2.0',
    '!(champion.metrics.rocAuc.value > 2.0)',
    'champion.metrics.rocAuc.value < 2.0 || true',
    'true || champion.metrics.rocAuc.value < 2.0',
    'metrics.test.rocAuc.value > 0.1 || champion.version > 3',
    'champion.version != 3',
    'drift.columns.all(c, drift.columns[c].psi < 100)',
    'size(drift.columns) == 0',
    'metrics.test.prAuc.value > 0.1',
    'slices.filter(s, s.rows > 99999).all(s, s.rows > 5)',
    '!slices.filter(s, s.rows > 99999).exists(s, s.rows > 5)',
  ])('makes %s inconclusive or an error, and never a pass', (require) => {
    expect(['inconclusive', 'error']).toContain(verdictOf(require));
  });

  it('says why it is missing', () => {
    expect(judgeRule('champion.metrics.rocAuc.value < 2.0').text).toBe(
      'champion is missing: there is no champion yet',
    );
    expect(judgeRule('slices.all(s, s.metrics.recall.value > 0.0)').text).toContain('too few: 3 rows');
  });

  it('can be asked for, wherever its path ends, and what stands behind the question is then left out', () => {
    const guarded =
      '!has(champion.metrics.rocAuc.value) || champion.metrics.rocAuc.value <= metrics.test.rocAuc.value';
    expect(verdictOf(guarded)).toBe('pass');
    const beaten = { version: 1, metrics: { rocAuc: metric(0.8) } };
    expect(verdictOf(guarded, madeFacts({ champion: beaten }))).toBe('fail');
    expect(verdictOf('has(champion.version)')).toBe('fail');
    expect(verdictOf('has(champion.version) && champion.version > 1')).toBe('fail');
  });

  it('does not hide a comparison that fails', () => {
    const result = judgeRule('champion.version > 0 && metrics.test.rocAuc.value > 0.9');
    expect(result.verdict).toBe('fail');
    expect(result.text).toContain('there is no champion yet');
  });

  it.each([null, Number.NaN, Number.POSITIVE_INFINITY])('is also one whose value is %s', (value) => {
    const facts = madeFacts({ metrics: { test: { rocAuc: { value, n: 5 } } } as never });
    expect(verdictOf('metrics.test.rocAuc.value >= 0.0 || true', facts)).toBe('inconclusive');
    expect(verdictOf('!(metrics.test.rocAuc.value < 0.0)', facts)).toBe('inconclusive');
  });
});

describe('a rule that breaks', () => {
  it.each([
    ['dataset.rows.train / (dataset.rows.test - 10000) > 0', 'division of 40000 by zero'],
    ['!(dataset.rows.train / (dataset.rows.test - 10000) > 0)', 'division of 40000 by zero'],
    ['dataset.rows.train / (dataset.rows.test - 10000) > 0 || true', 'division of 40000 by zero'],
    ['gaps.dest.recall.worst > 0.1', 'unknown name "dest"'],
    ['slices[17].rows > 1', ''],
    ['1e308 * 1e308 * dataset.rows.test > 1', 'gives no number'],
  ])('%s is an error', (require, words) => {
    const result = judgeRule(require);
    expect(result.verdict).toBe('error');
    expect(result.text).toContain(words);
  });

  it('is one where the metric is not of the task, also if it stood among the facts', () => {
    const model = { evaluation: { task: 'classification', slices: ['origin'], inputs: ['temp'] } } as never;
    expect(judgeRule('metrics.test.rmse.value < 5', madeFacts(), model).text).toContain(
      'an unknown metric "rmse"',
    );
    expect(judgeRule('gaps.carrier.recall.worst > 0', madeFacts(), model).text).toContain(
      'an unknown slice column "carrier"',
    );
  });
});

describe('a rule of the organisation, for models of every task', () => {
  const model = { evaluation: { task: 'classification', slices: ['origin'], inputs: ['temp'] } } as never;
  const judge = (require: string) => judgeRule(require, madeFacts(), model, 'organisation');

  it.each([
    ['metrics.test.rmse.value < 5', 'inconclusive', 'metrics.test.rmse is missing'],
    ['metrics.test.rmse.value < 5 || true', 'inconclusive', 'metrics.test.rmse is missing'],
    ['gaps.region.recall.worst > 0.1', 'error', 'unknown name "region"'],
    ['metrics.test.rmsee.value < 5', 'error', 'an unknown metric "rmsee"'],
    ['!has(metrics.test.rmse.value) || metrics.test.rmse.value < 5', 'pass', ''],
    ['!has(gaps.region) || gaps.region.recall.worst > 0.1', 'pass', ''],
    [
      'model.task == "regression" ? metrics.test.rmse.value < 5 : metrics.test.rocAuc.value > 0.6',
      'pass',
      '',
    ],
    [
      'model.task == "regression" ? metrics.test.rmse.value < 5 : metrics.test.rocAuc.value > 0.9',
      'fail',
      '',
    ],
  ] as const)('%s is %s', (require, verdict, words) => {
    expect(judge(require)).toMatchObject({ verdict, text: expect.stringContaining(words) });
  });
});
