import { describe, expect, it } from 'vitest';
import { evaluateTask } from '../../../domain/metrics/evaluate.js';
import type { EvaluationInput, SplitInput } from '../../../domain/metrics/evaluation-input.js';
import type { MetricValue } from '../../../domain/metrics/metric-value.js';
import { classificationSplit, regressionSplit } from './made-rows.js';
import { clusterRows, multiclassRows } from './sklearn-fixture.js';

const classified = (overrides: Partial<EvaluationInput['splits']> = {}): EvaluationInput => ({
  task: 'classification',
  splits: {
    train: classificationSplit(2000, 1),
    validation: classificationSplit(1000, 2),
    test: classificationSplit(2000, 3),
    ...overrides,
  },
  seed: 5,
});
const empty: SplitInput = { label: new Float64Array(), score: new Float64Array(), block: [] };
const numberOf = (metric: MetricValue | undefined) => (metric?.kind === 'value' ? metric.value : undefined);

const regressions = (test: SplitInput): EvaluationInput['splits'] => ({
  train: regressionSplit(500, 1),
  validation: regressionSplit(300, 2),
  test,
});

const inputs: Record<string, EvaluationInput> = {
  classification: classified(),
  regression: { task: 'regression', splits: regressions(regressionSplit(400, 3)), seed: 5 },
  multiclass: {
    task: 'multiclass',
    splits: { train: multiclassRows, validation: multiclassRows, test: multiclassRows },
    seed: 5,
  },
  clustering: {
    task: 'clustering',
    splits: { train: clusterRows, validation: clusterRows, test: clusterRows },
    seed: 5,
  },
  anomaly: { ...classified(), task: 'anomaly' },
};

describe.each(Object.entries(inputs))('an evaluation of %s', (_, input) => {
  it('is plain JSON', () => {
    const evaluation = evaluateTask(input);
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });

  it('is the same for the same input, which it leaves alone', () => {
    const copy = structuredClone(input);
    expect(evaluateTask(input)).toEqual(evaluateTask(input));
    expect(input).toEqual(copy);
  });

  it('puts every value inside its own interval', () => {
    const { splits, slices } = evaluateTask(input);
    const metrics = [...Object.values(splits), ...slices].flatMap((part) => Object.values(part.metrics));
    for (const metric of metrics) {
      if (metric.kind !== 'value' || metric.low === undefined || metric.high === undefined) continue;
      expect(metric.low).toBeLessThanOrEqual(metric.value);
      expect(metric.high).toBeGreaterThanOrEqual(metric.value);
    }
  });

  it('gives reasons and no numbers when every split is empty', () => {
    const nothing = Object.fromEntries(
      Object.entries(input.splits.test)
        .filter(([column]) => column !== 'slices')
        .map(([column, values]) => [column, (values as Float64Array).slice(0, 0)]),
    );
    const { splits, slices } = evaluateTask({
      ...input,
      splits: { train: nothing, validation: nothing, test: nothing },
    });
    for (const split of Object.values(splits)) {
      expect(split.rows).toBe(0);
      const metrics = Object.values(split.metrics);
      expect(metrics.length).toBeGreaterThan(0);
      for (const metric of metrics) expect(metric).toEqual({ kind: 'undefined', reason: expect.any(String) });
    }
    expect(slices).toEqual([]);
  });
});

describe('a classification', () => {
  it('tunes its threshold on validation and nowhere else', () => {
    const { threshold } = evaluateTask(classified());
    expect(evaluateTask(classified({ test: classificationSplit(500, 9, 0.9) })).threshold).toBe(threshold);
    expect(evaluateTask(classified({ validation: classificationSplit(500, 9) })).threshold).not.toBe(
      threshold,
    );
  });

  it('keeps the threshold at one half, and says so, when validation has one class', () => {
    const oneClass = { ...classificationSplit(50, 1), label: new Float64Array(50) };
    const { threshold, findings } = evaluateTask(classified({ validation: oneClass }));
    expect(threshold).toBe(0.5);
    expect(findings).toContainEqual({
      kind: 'threshold',
      text: 'the threshold stays at 0.5: it could not be tuned on validation, where no row is positive: only one class is there',
      numbers: { threshold: 0.5 },
    });
  });

  it('of one class has reasons where classes are compared, and numbers where they are not', () => {
    const { metrics, curves } = evaluateTask(
      classified({ test: { ...classificationSplit(300, 1), label: new Float64Array(300) } }),
    ).splits.test;
    for (const name of ['rocAuc', 'prAuc', 'recall', 'skill']) {
      expect(metrics[name], name).toEqual({ kind: 'undefined', reason: expect.any(String) });
    }
    for (const name of ['accuracy', 'logLoss', 'brier', 'calibrationError']) {
      expect(metrics[name]?.kind, name).toBe('value');
    }
    expect(curves?.roc).toBeUndefined();
    expect(curves?.calibration).toBeDefined();
  });

  it('has a baseline that says the rate of train to the rows of each split', () => {
    const input = classified();
    const { train, test } = evaluateTask(input).splits;
    expect(numberOf(train.baseline['skill'])).toBeCloseTo(0, 10);
    expect(numberOf(test.baseline['rocAuc'])).toBe(0.5);
    expect(numberOf(test.baseline['logLoss'])).toBeGreaterThan(numberOf(test.metrics['logLoss']) ?? 9);
  });

  it('leaves rows without a label out, counts them and says so', () => {
    const split = classificationSplit(1000, 3);
    const label = split.label.map((own, row) => (row % 10 === 0 ? Number.NaN : own));
    const { splits, findings, slices } = evaluateTask(classified({ test: { ...split, label } }));
    const keep = <T>(values: ArrayLike<T>) => Array.from(values).filter((_, row) => row % 10 !== 0);
    const kept = {
      label: Float64Array.from(keep(split.label)),
      score: Float64Array.from(keep(split.score)),
      block: keep(split.block),
      slices: { origin: keep(split.slices['origin'] ?? []) },
    };
    const alone = evaluateTask(classified({ test: kept }));
    expect(splits.test).toEqual({ ...alone.splits.test, unlabelled: 100 });
    expect(slices).toEqual(alone.slices);
    expect(findings.find((finding) => finding.kind === 'unlabelled')?.text).toBe(
      '100 of 1000 rows of test have no label and are left out',
    );
  });

  it('shows no resampled interval with fewer than five blocks or without resamples', () => {
    const fewBlocks = {
      ...classificationSplit(400, 3),
      block: Int32Array.from({ length: 400 }, (_, row) => row % 4),
    };
    const { logLoss, rocAuc } = evaluateTask(classified({ test: fewBlocks })).splits.test.metrics;
    expect(logLoss).not.toHaveProperty('low');
    expect(rocAuc).toHaveProperty('low');
    const none = evaluateTask({ ...classified(), bootstrapResamples: 0 }).splits.test.metrics;
    expect(none['prAuc']).not.toHaveProperty('low');
    expect(none['accuracy']).toHaveProperty('low');
  });

  it('takes probabilities that miss 0..1 by the rounding of float32', () => {
    const split = classificationSplit(200, 3);
    split.score[0] = 1.0000001;
    expect(evaluateTask(classified({ test: split })).splits.test.metrics['brier']?.kind).toBe('value');
  });

  it('without a test row still reports train, and judges nothing silently', () => {
    const { splits, findings } = evaluateTask(classified({ test: empty }));
    expect(splits.train.metrics['rocAuc']?.kind).toBe('value');
    expect(
      findings.filter((finding) => finding.kind === 'not-judged').map((finding) => finding.text),
    ).toEqual([
      'over-fitting could not be judged: rocAuc on test is undefined, there is no labelled row',
      'the gain over the baseline could not be judged: logLoss on test is undefined, there is no labelled row',
    ]);
  });

  it('has no baseline without a train row', () => {
    const { test } = evaluateTask(classified({ train: empty })).splits;
    expect(test.baseline['logLoss']).toEqual({ kind: 'undefined', reason: 'train has no labelled row' });
  });
});

describe('a regression', () => {
  it('draws its residuals, the outliers counted beside the bins', () => {
    const test = regressionSplit(1000, 3);
    test.score[0] = 1e9;
    const { curves } = evaluateTask({ task: 'regression', splits: regressions(test), seed: 1 }).splits.test;
    const { counts = [], below = 0, above = 0 } = curves?.residuals ?? {};
    expect(below).toBeGreaterThanOrEqual(1);
    expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(1000);
  });

  it('has no R squared when every label is the same, to the last bit', () => {
    const test = { ...regressionSplit(300, 3), label: new Float64Array(300).fill(0.1 + 0.2) };
    const { metrics } = evaluateTask({ task: 'regression', splits: regressions(test), seed: 1 }).splits.test;
    expect(metrics['r2']).toEqual({
      kind: 'undefined',
      reason: 'every label is the same: there is nothing to explain',
    });
    expect(metrics['mae']?.kind).toBe('value');
  });

  it('keeps the digits of R squared far from zero', () => {
    const near = regressionSplit(300, 3);
    const far = {
      ...near,
      label: near.label.map((own) => own + 1e9),
      score: near.score.map((own) => own + 1e9),
    };
    const r2 = (test: SplitInput) =>
      numberOf(
        evaluateTask({ task: 'regression', splits: regressions(test), seed: 1 }).splits.test.metrics['r2'],
      );
    expect(Math.abs((r2(far) ?? 0) - (r2(near) ?? 9))).toBeLessThan(1e-7);
  });

  it('states an error that overflows as undefined', () => {
    const test = regressionSplit(10, 3);
    test.score[0] = 1e200;
    const { metrics } = evaluateTask({ task: 'regression', splits: regressions(test), seed: 1 }).splits.test;
    expect(metrics['mse']).toEqual({ kind: 'undefined', reason: 'the value is too large to be stated' });
  });
});

describe('an anomaly detector', () => {
  it('that only scores flags what is above the 95th percentile of train', () => {
    const { threshold, splits } = evaluateTask({ ...classified(), task: 'anomaly' });
    expect(threshold).toBeGreaterThan(0.9);
    expect(numberOf(splits.train.metrics['anomalyRate'])).toBeCloseTo(0.05, 10);
  });

  it('that decides is taken at its word, and needs no label', () => {
    const split = { score: Float64Array.of(3, 1, 2, 0), assigned: Int32Array.of(1, 0, 0, 0) };
    const { threshold, splits } = evaluateTask({
      task: 'anomaly',
      splits: { train: split, validation: split, test: split },
      seed: 1,
    });
    expect(threshold).toBeUndefined();
    expect(splits.test).toMatchObject({
      rows: 4,
      unlabelled: 0,
      metrics: {
        anomalyRate: { value: 0.25 },
        separation: { kind: 'undefined', reason: 'no row has a label' },
      },
    });
  });

  it('is separated on the labelled rows alone', () => {
    const test = { score: Float64Array.of(9, 8, 1, 0), label: Float64Array.of(Number.NaN, 1, 0, Number.NaN) };
    const { metrics } = evaluateTask({ task: 'anomaly', splits: { ...classified().splits, test }, seed: 1 })
      .splits.test;
    expect(metrics['separation']).toEqual({ kind: 'value', value: 1, n: 2 });
    expect(metrics['anomalyRate']).toMatchObject({ n: 4 });
  });
});

describe('several classes', () => {
  it('compare with the most frequent class of train', () => {
    const labels = Float64Array.of(2, 2, 2, 0, 1);
    const split = { label: labels, assigned: Int32Array.of(2, 2, 0, 0, 1) };
    const { test } = evaluateTask({
      task: 'multiclass',
      splits: { train: split, validation: split, test: split },
      seed: 1,
    }).splits;
    expect(numberOf(test.baseline['accuracy'])).toBeCloseTo(0.6, 12);
    expect(test.metrics['logLoss']).toEqual({
      kind: 'undefined',
      reason: 'the model gives no probabilities',
    });
  });

  it('include one that only test has, though the model has no column for it', () => {
    const known = { label: Float64Array.of(0, 1), probabilities: Float64Array.of(0.8, 0.2, 0.3, 0.7) };
    const unseen = { ...known, label: Float64Array.of(0, 2) };
    const { test } = evaluateTask({
      task: 'multiclass',
      splits: { train: known, validation: known, test: unseen },
      seed: 1,
    }).splits;
    expect(test.confusion?.counts).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 0],
    ]);
    expect(numberOf(test.metrics['logLoss'])).toBeCloseTo((-Math.log(0.8) - Math.log(2 ** -52)) / 2, 10);
  });
});
