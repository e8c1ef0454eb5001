import type { BlockResamples } from '../stats/block-resamples.js';
import { type BlockSums, sumByBlock, totalOf } from '../stats/block-sums.js';
import { percentileInterval } from '../stats/percentile-interval.js';
import { averagePrecision, resampledAveragePrecision } from './average-precision.js';
import { calibrationBinCount, calibrationBins, calibrationErrorOf } from './calibration.js';
import { binaryEntropy, logLossOf } from './log-loss.js';
import type { MetricName } from './metric-catalogue.js';
import {
  allUndefined,
  type Metrics,
  type MetricValue,
  measured,
  noRows,
  undefinedMetric,
} from './metric-value.js';
import { proportion } from './proportion.js';
import { rocAucMetric } from './roc-auc.js';
import type { ScoredRows } from './rows.js';
import { groupByScore, type ScoreGroups } from './score-groups.js';
import { canResample, type SumStatistic, sumMetrics } from './sum-statistic.js';

/** Metrics of a binary classification, by name. */
export const binaryMetricNames = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'rocAuc',
  'prAuc',
  'logLoss',
  'skill',
  'brier',
  'calibrationError',
] as const satisfies readonly MetricName[];

/** Columns of the sums; the gaps of the calibration bins follow from `gaps` on. */
const column = {
  rows: 0,
  positives: 1,
  predicted: 2,
  hits: 3,
  logLoss: 4,
  squaredError: 5,
  gaps: 6,
} as const;

/**
 * Every metric of a binary classification on rows with labels 0 and 1.
 *
 * Accuracy, precision and recall carry Wilson intervals, the area under the ROC curve DeLong's; the rest a bootstrap
 * over blocks (the bins of the calibration error stay where the rows themselves put them). Cost
 * O(n log n + resamples x n).
 *
 * @param threshold a score that reaches it is answered with 1
 */
export function binaryMetrics(rows: ScoredRows, threshold: number, resamples: BlockResamples): Metrics {
  if (rows.label.length === 0) return allUndefined(binaryMetricNames, noRows);
  const table = binarySums(rows, threshold);
  const groups = groupByScore(rows.label, rows.score);
  const { f1, logLoss, skill, brier, calibrationError } = sumMetrics(
    table,
    resamples,
    statistics,
    rows.label.length,
  );
  return {
    ...decisionMetrics(totalOf(table)),
    f1,
    rocAuc: rocAucMetric(groups),
    prAuc: prAucMetric(rows, groups, table, resamples),
    logLoss,
    skill,
    brier,
    calibrationError,
  };
}

const at = (sums: Float64Array, index: number): number => sums[index] ?? 0;

const statistics = {
  f1: {
    of: (sums) => {
      const both = at(sums, column.positives) + at(sums, column.predicted);
      return both === 0 ? undefined : (2 * at(sums, column.hits)) / both;
    },
    undefinedBecause: 'no row is positive and none is predicted to be',
  },
  logLoss: mean(column.logLoss),
  skill: {
    of: (sums) => {
      const entropy = binaryEntropy(at(sums, column.positives) / at(sums, column.rows));
      return entropy > 0 ? 1 - at(sums, column.logLoss) / at(sums, column.rows) / entropy : undefined;
    },
    undefinedBecause: 'only one class is there: its base rate leaves nothing to predict',
  },
  brier: mean(column.squaredError),
  calibrationError: {
    of: (sums) => {
      const rows = at(sums, column.rows);
      return rows === 0 ? undefined : calibrationErrorOf(sums.subarray(column.gaps), rows);
    },
    undefinedBecause: noRows,
  },
} as const satisfies Record<string, SumStatistic>;

function mean(index: number): SumStatistic {
  return {
    of: (sums) => (at(sums, column.rows) === 0 ? undefined : at(sums, index) / at(sums, column.rows)),
    undefinedBecause: noRows,
  };
}

function binarySums({ label, score, block }: ScoredRows, threshold: number): BlockSums {
  const bins = calibrationBins(score);
  return sumByBlock(block, column.gaps + calibrationBinCount, (sums, start, row) => {
    const positive = label[row] ?? 0;
    const probability = score[row] ?? 0;
    const predicted = probability >= threshold ? 1 : 0;
    const add = (index: number, amount: number) => {
      sums[start + index] = (sums[start + index] ?? 0) + amount;
    };
    add(column.rows, 1);
    add(column.positives, positive);
    add(column.predicted, predicted);
    add(column.hits, positive * predicted);
    add(column.logLoss, logLossOf(positive === 1 ? probability : 1 - probability));
    add(column.squaredError, (probability - positive) ** 2);
    add(column.gaps + (bins[row] ?? 0), positive - probability);
  });
}

function decisionMetrics(total: Float64Array): Record<'accuracy' | 'precision' | 'recall', MetricValue> {
  const rows = at(total, column.rows);
  const positives = at(total, column.positives);
  const predicted = at(total, column.predicted);
  const hits = at(total, column.hits);
  return {
    accuracy: proportion(rows - positives - predicted + 2 * hits, rows, noRows),
    precision: proportion(hits, predicted, 'no row is predicted to be positive'),
    recall: proportion(hits, positives, 'no row is positive'),
  };
}

function prAucMetric(
  { label, block }: ScoredRows,
  groups: ScoreGroups,
  table: BlockSums,
  resamples: BlockResamples,
): MetricValue {
  if (groups.positives === 0) return undefinedMetric('no row is positive');
  const value = averagePrecision(groups);
  const resampled = canResample(table, resamples)
    ? resampledAveragePrecision(groups, label, block, resamples)
    : [];
  return measured(value, label.length, percentileInterval(value, resampled));
}
