import type { BlockResamples } from '../stats/block-resamples.js';
import { type BlockSums, sumByBlock, totalOf } from '../stats/block-sums.js';
import { logLossOf } from './log-loss.js';
import type { MetricName } from './metric-catalogue.js';
import { allUndefined, type Metrics, noRows, undefinedMetric } from './metric-value.js';
import { proportion } from './proportion.js';
import type { ClassRows } from './rows.js';
import { type SumStatistic, sumMetrics } from './sum-statistic.js';

/** Metrics of a classification with several classes, by name. */
export const multiclassMetricNames = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'logLoss',
] as const satisfies readonly MetricName[];

/** Columns of the sums; then for each class its actual rows, its predicted rows and its hits. */
const column = { rows: 0, correct: 1, logLoss: 2, classes: 3 } as const;

/**
 * Accuracy (Wilson), log loss and the macro averages of precision, recall and F1 (bootstrap over blocks). Averages
 * run over the classes that occur as a label or as an answer; a class that was never answered counts as precision 0
 * and one that never occurred as recall 0, as in scikit-learn.
 */
export function multiclassMetrics(rows: ClassRows, resamples: BlockResamples): Metrics {
  const count = rows.label.length;
  if (count === 0) return allUndefined(multiclassMetricNames, noRows);
  const table = multiclassSums(rows);
  const { logLoss, ...averages } = sumMetrics(table, resamples, statistics, count);
  return {
    accuracy: proportion(totalOf(table)[column.correct] ?? 0, count, noRows),
    ...averages,
    logLoss: rows.probabilities ? logLoss : undefinedMetric('the model gives no probabilities'),
  };
}

const statistics = {
  precision: macro(({ predicted, hits }) => (predicted === 0 ? 0 : hits / predicted)),
  recall: macro(({ actual, hits }) => (actual === 0 ? 0 : hits / actual)),
  f1: macro(({ actual, predicted, hits }) => (2 * hits) / (actual + predicted)),
  logLoss: {
    of: (sums) => {
      const rows = sums[column.rows] ?? 0;
      return rows === 0 ? undefined : (sums[column.logLoss] ?? 0) / rows;
    },
    undefinedBecause: noRows,
  },
} as const satisfies Record<string, SumStatistic>;

interface ClassSums {
  readonly actual: number;
  readonly predicted: number;
  readonly hits: number;
}

function macro(of: (sums: ClassSums) => number): SumStatistic {
  return {
    of: (sums) => {
      let total = 0;
      let classes = 0;
      for (let at = column.classes; at < sums.length; at += 3) {
        const [actual = 0, predicted = 0, hits = 0] = sums.subarray(at, at + 3);
        if (actual + predicted === 0) continue;
        total += of({ actual, predicted, hits });
        classes++;
      }
      return classes === 0 ? undefined : total / classes;
    },
    undefinedBecause: noRows,
  };
}

function multiclassSums({ label, assigned, probabilities, classes, block }: ClassRows): BlockSums {
  return sumByBlock(block, column.classes + 3 * classes, (sums, start, row) => {
    const actual = label[row] ?? 0;
    const predicted = assigned[row] ?? 0;
    const add = (index: number, amount: number) => {
      sums[start + index] = (sums[start + index] ?? 0) + amount;
    };
    add(column.rows, 1);
    add(column.correct, actual === predicted ? 1 : 0);
    if (probabilities) add(column.logLoss, logLossOf(probabilities[row * classes + actual] ?? 0));
    add(column.classes + 3 * actual, 1);
    add(column.classes + 3 * predicted + 1, 1);
    if (actual === predicted) add(column.classes + 3 * actual + 2, 1);
  });
}
