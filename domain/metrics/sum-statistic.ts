import type { BlockResamples } from '../stats/block-resamples.js';
import { type BlockSums, resampledTotals, totalOf } from '../stats/block-sums.js';
import { percentileInterval } from '../stats/percentile-interval.js';
import { type MetricValue, measured, undefinedMetric } from './metric-value.js';

/** A metric that follows from sums over rows. */
export interface SumStatistic {
  /** The metric from the sums; undefined where it has no value. */
  readonly of: (sums: Float64Array) => number | undefined;
  /** Why it has no value then. */
  readonly undefinedBecause: string;
}

/** With fewer blocks a resample is mostly copies of the same few, and the interval is too narrow to be shown. */
const leastBlocks = 5;

/** Whether rows lie in enough blocks (5) for a bootstrap over them to mean something. */
export function canResample(table: BlockSums, resamples: BlockResamples): boolean {
  return resamples.resamples > 0 && table.blocks.length >= leastBlocks;
}

/**
 * Each statistic on all rows, with the interval of a bootstrap over blocks where there are at least five of them.
 * All statistics see the same resamples, whose sums are added up once.
 *
 * @param rows what the values say they were counted on
 */
export function sumMetrics<Name extends string>(
  table: BlockSums,
  resamples: BlockResamples,
  statistics: Readonly<Record<Name, SumStatistic>>,
  rows: number,
): Record<Name, MetricValue> {
  const total = totalOf(table);
  const totals = canResample(table, resamples) ? resampledTotals(table, resamples) : [];
  const metrics = Object.entries<SumStatistic>(statistics).map(([name, statistic]) => {
    const value = statistic.of(total);
    if (value === undefined) return [name, undefinedMetric(statistic.undefinedBecause)];
    const interval = percentileInterval(value, totals.map(statistic.of));
    return [name, measured(value, rows, interval)];
  });
  return Object.fromEntries(metrics) as Record<Name, MetricValue>;
}
