import { confidenceLevel, type Interval } from './interval.js';
import { quantileOfSorted } from './quantile.js';

/** With fewer defined resamples than this share the interval would describe only the lucky ones. */
const leastDefinedShare = 0.9;

/**
 * The percentile interval of a bootstrap, widened where needed to hold the estimate itself: a statistic that is
 * biased upward under resampling (a calibration error is) would otherwise end up outside its own interval.
 *
 * @param estimate the statistic on all rows
 * @param resampled the statistic of each resample; undefined where a resample has none
 * @param level default 0.95
 * @returns undefined when there is no resample, or fewer than 90 % of them are defined
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
 * @example percentileInterval(2, [1, 2, 3]) // { low: 1.05, high: 2.95 }
 */
export function percentileInterval(
  estimate: number,
  resampled: readonly (number | undefined)[],
  level = confidenceLevel,
): Interval | undefined {
  const defined = resampled.filter((value): value is number => value !== undefined && Number.isFinite(value));
  if (resampled.length === 0 || defined.length < leastDefinedShare * resampled.length) return undefined;
  const ascending = Float64Array.from(defined).sort();
  return {
    low: Math.min(estimate, quantileOfSorted(ascending, (1 - level) / 2)),
    high: Math.max(estimate, quantileOfSorted(ascending, (1 + level) / 2)),
  };
}
