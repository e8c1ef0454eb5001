import type { BlockResamples } from '../stats/block-resamples.js';
import { type BlockSums, sumByBlock } from '../stats/block-sums.js';
import type { MetricName } from './metric-catalogue.js';
import { allUndefined, type Metrics, noRows } from './metric-value.js';
import { residualQuantileMetrics } from './residual-quantiles.js';
import type { ScoredRows } from './rows.js';
import { canResample, type SumStatistic, sumMetrics } from './sum-statistic.js';

/** Metrics of a regression, by name. */
export const regressionMetricNames = [
  'mae',
  'mse',
  'rmse',
  'r2',
  'residualP05',
  'residualP25',
  'residualP50',
  'residualP75',
  'residualP95',
] as const satisfies readonly MetricName[];

/** Columns of the sums. */
const column = { rows: 0, absolute: 1, squared: 2, label: 3, labelSquared: 4, width: 5 } as const;

/**
 * Every metric of a regression, all with a bootstrap over blocks. A residual is label minus prediction: positive
 * where the model said too little. Cost O(n log n + resamples x n).
 */
export function regressionMetrics(rows: ScoredRows, resamples: BlockResamples): Metrics {
  if (rows.label.length === 0) return allUndefined(regressionMetricNames, noRows);
  const table = regressionSums(rows);
  return {
    ...sumMetrics(table, resamples, statistics, rows.label.length),
    ...residualQuantileMetrics(rows, canResample(table, resamples) ? resamples : undefined),
  };
}

const at = (sums: Float64Array, index: number): number => sums[index] ?? 0;

function meanOf(sums: Float64Array, index: number): number | undefined {
  return at(sums, column.rows) === 0 ? undefined : at(sums, index) / at(sums, column.rows);
}

const statistics = {
  mae: { of: (sums) => meanOf(sums, column.absolute), undefinedBecause: noRows },
  mse: { of: (sums) => meanOf(sums, column.squared), undefinedBecause: noRows },
  rmse: {
    of: (sums) => {
      const squared = meanOf(sums, column.squared);
      return squared === undefined ? undefined : Math.sqrt(squared);
    },
    undefinedBecause: noRows,
  },
  r2: {
    of: (sums) => {
      const spread = at(sums, column.labelSquared) - at(sums, column.label) ** 2 / at(sums, column.rows);
      return spread > 0 ? 1 - at(sums, column.squared) / spread : undefined;
    },
    undefinedBecause: 'every label is the same: there is nothing to explain',
  },
} as const satisfies Record<string, SumStatistic>;

function regressionSums({ label, score, block }: ScoredRows): BlockSums {
  const centre = centreOf(label);
  return sumByBlock(block, column.width, (sums, start, row) => {
    const truth = label[row] ?? 0;
    const error = truth - (score[row] ?? 0);
    const add = (index: number, amount: number) => {
      sums[start + index] = (sums[start + index] ?? 0) + amount;
    };
    add(column.rows, 1);
    add(column.absolute, Math.abs(error));
    add(column.squared, error * error);
    add(column.label, truth - centre);
    add(column.labelSquared, (truth - centre) ** 2);
  });
}

/** Labels are summed around their mean, which keeps the digits of their spread; equal labels give exactly zero. */
function centreOf(label: Float64Array): number {
  const first = label[0] ?? 0;
  return first + label.reduce((sum, value) => sum + (value - first), 0) / label.length;
}
