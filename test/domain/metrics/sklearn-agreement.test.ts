import { describe, expect, it } from 'vitest';
import { binaryMetrics } from '../../../domain/metrics/binary-metrics.js';
import { calibrationCurve } from '../../../domain/metrics/calibration.js';
import { confusionAt } from '../../../domain/metrics/confusion.js';
import { evaluateTask } from '../../../domain/metrics/evaluate.js';
import type { EvaluationTask } from '../../../domain/metrics/evaluation.js';
import type { SplitInput } from '../../../domain/metrics/evaluation-input.js';
import type { Metrics } from '../../../domain/metrics/metric-value.js';
import { groupByScore } from '../../../domain/metrics/score-groups.js';
import { noResamples } from '../../../domain/metrics/task-method.js';
import { tuneThreshold } from '../../../domain/metrics/tune-threshold.js';
import { binaryRows, clusterRows, multiclassRows, regressionRows, sklearn } from './sklearn-fixture.js';

const tolerance = 1e-9;

function expectAgreement(metrics: Metrics, expected: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(expected)) {
    const own = metrics[name];
    expect(own?.kind, `${name} has a value`).toBe('value');
    if (own?.kind === 'value') {
      expect(Math.abs(own.value - value) / Math.max(1, Math.abs(value)), name).toBeLessThan(tolerance);
    }
  }
  expect(Object.keys(metrics).sort()).toEqual(Object.keys(expected).sort());
}

const onTest = (task: EvaluationTask, rows: SplitInput) =>
  evaluateTask({ task, splits: { train: rows, validation: rows, test: rows }, seed: 1 }).splits.test;

describe('agreement with scikit-learn', () => {
  it('of every metric of a binary classification', () => {
    const rows = { ...binaryRows, block: new Int32Array(binaryRows.label.length) };
    expectAgreement(binaryMetrics(rows, sklearn.binary.threshold, noResamples), sklearn.binary.expected);
  });

  it('of the confusion matrix and the calibration curve', () => {
    const { label, score } = binaryRows;
    expect(confusionAt(label, score, sklearn.binary.threshold).counts).toEqual(sklearn.binary.confusion);
    const curve = calibrationCurve(label, score);
    expect(curve.map((bin) => bin.rows)).toEqual(sklearn.binary.calibration.rows);
    curve.forEach((bin, index) => {
      expect(bin.meanScore).toBeCloseTo(sklearn.binary.calibration.meanScore[index] ?? -1, 12);
      expect(bin.positiveRate).toBeCloseTo(sklearn.binary.calibration.positiveRate[index] ?? -1, 12);
    });
  });

  it('of the threshold with the best F1', () => {
    const tuned = tuneThreshold(groupByScore(binaryRows.label, binaryRows.score));
    expect(tuned?.f1).toBeCloseTo(sklearn.binary.bestF1, 12);
    expect(tuned?.threshold).toBe(sklearn.binary.bestThreshold);
  });

  it('of every metric of a regression', () => {
    expectAgreement(onTest('regression', regressionRows).metrics, sklearn.regression.expected);
  });

  it('of every metric of several classes, one of them never answered', () => {
    const { metrics, confusion } = onTest('multiclass', multiclassRows);
    expectAgreement(metrics, sklearn.multiclass.expected);
    expect(confusion?.counts).toEqual(sklearn.multiclass.confusion);
  });

  it('of every metric of a clustering with a cluster of one row', () => {
    expectAgreement(onTest('clustering', clusterRows).metrics, sklearn.clusters.expected);
  });

  it('of the separation of an anomaly score, which is the area under its ROC curve', () => {
    const separation = onTest('anomaly', binaryRows).metrics['separation'];
    expect(separation?.kind === 'value' && separation.value).toBeCloseTo(sklearn.binary.expected.rocAuc, 12);
  });
});
