import { allUndefined, type UndefinedMetric, undefinedMetric } from '../metrics/metric-value.js';
import type { EstimatedMetric } from './estimated-metric.js';
import { expectedLogLoss } from './expected-log-loss.js';
import { expectedRocAuc } from './expected-roc-auc.js';

export const estimatedMetricNames = ['accuracy', 'precision', 'recall', 'f1', 'rocAuc', 'logLoss'] as const;
export type EstimatedMetricName = (typeof estimatedMetricNames)[number];

/** What the answers of a binary classifier are probably worth. */
export interface ExpectedPerformance {
  readonly metrics: Readonly<Record<EstimatedMetricName, EstimatedMetric | UndefinedMetric>>;
  /** Expected counts `[[TN, FP], [FN, TP]]`, actual by predicted. */
  readonly confusion: readonly [readonly [number, number], readonly [number, number]];
}

/** Rows without labels. */
export interface UnlabelledScores {
  /** The calibrated probability of class 1, 0..1. */
  readonly probability: Float64Array;
  /** What the model answered with, before calibration: it decides the answer and orders the rows. */
  readonly score: Float64Array;
  /** A score that reaches it is answered with 1. */
  readonly threshold: number;
}

/**
 * Confidence-based estimate of a binary classifier's quality: a row with calibrated probability p that is answered
 * with 1 is right with probability p, else with 1 - p. Sums of these are the expected confusion; accuracy, precision,
 * recall and F1 follow from it, the log loss is the mean entropy of p.
 *
 * It holds where the inputs moved within what the reference has seen and the probabilities are calibrated. It is blind
 * to concept drift: were the labels to turn, the estimate would stay. With answers at .5 it cannot say less than .5.
 *
 * @returns metrics with a reason where there are no rows, or none of the kind that the metric divides by
 * @throws RangeError where the arrays differ in length, or a probability or score is not usable (NaN, outside 0..1)
 * Source: Garg and others, ICLR 2022; NannyML's documentation of CBPE. Cost O(n log n).
 * @example probabilities .9 .8 .6 .3 .1 at .5: accuracy .78, precision .766667, recall .851852
 */
export function expectedPerformance(rows: UnlabelledScores): ExpectedPerformance {
  const { probability, score, threshold } = rows;
  assertUsable(rows);
  const n = probability.length;
  if (n === 0)
    return {
      metrics: allUndefined(estimatedMetricNames, 'there are no rows') as ExpectedPerformance['metrics'],
      confusion: [
        [0, 0],
        [0, 0],
      ],
    };
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let row = 0; row < n; row++) {
    const p = probability[row] ?? 0;
    if ((score[row] ?? 0) >= threshold) {
      tp += p;
      fp += 1 - p;
    } else {
      fn += p;
      tn += 1 - p;
    }
  }
  const counts = { tp, fp, fn, tn };
  const metrics = {
    accuracy: ratio(counts, { tp: 1, tn: 1 }, { tp: 1, fp: 1, fn: 1, tn: 1 }, n, 'there are no rows'),
    precision: ratio(counts, { tp: 1 }, { tp: 1, fp: 1 }, n, 'no row is answered with 1'),
    recall: ratio(counts, { tp: 1 }, { tp: 1, fn: 1 }, n, 'no row is expected to be positive'),
    f1: ratio(counts, { tp: 2 }, { tp: 2, fp: 1, fn: 1 }, n, 'no row is answered with 1 or expected to be'),
    rocAuc: expectedRocAuc(probability, score),
    logLoss: expectedLogLoss(probability),
  };
  return {
    metrics,
    confusion: [
      [tn, fp],
      [fn, tp],
    ],
  };
}

type Outcome = 'tp' | 'fp' | 'fn' | 'tn';
type Weights = Readonly<Partial<Record<Outcome, number>>>;

/** A ratio of weighted counts with the error of the delta method: `sum E[(a - r b)^2] / B^2` over the rows. */
function ratio(
  counts: Readonly<Record<Outcome, number>>,
  over: Weights,
  under: Weights,
  n: number,
  undefinedBecause: string,
): EstimatedMetric | UndefinedMetric {
  const outcomes = Object.entries(counts) as [Outcome, number][];
  const total = (weights: Weights) =>
    outcomes.reduce((sum, [outcome, count]) => sum + (weights[outcome] ?? 0) * count, 0);
  const divisor = total(under);
  if (!(divisor > 0)) return undefinedMetric(undefinedBecause);
  const value = total(over) / divisor;
  const squares = outcomes.reduce(
    (sum, [outcome, count]) => sum + count * ((over[outcome] ?? 0) - value * (under[outcome] ?? 0)) ** 2,
    0,
  );
  return { kind: 'value', value, standardError: Math.sqrt(squares) / divisor, n };
}

function assertUsable({ probability, score, threshold }: UnlabelledScores): void {
  if (Number.isNaN(threshold)) throw new RangeError('a threshold must be a number, came NaN');
  if (probability.length !== score.length)
    throw new RangeError(`every row needs a score, came ${probability.length} and ${score.length}`);
  for (let row = 0; row < probability.length; row++) {
    const p = probability[row] ?? Number.NaN;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability must be within 0..1, came ${p}`);
    if (Number.isNaN(score[row])) throw new RangeError('a score must be a number, came NaN');
  }
}
