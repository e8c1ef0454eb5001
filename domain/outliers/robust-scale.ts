import { momentsOf } from '../stats/moments.js';
import { quantileOfSorted } from '../stats/quantile.js';
import { sortedNumbers } from '../stats/sorted-numbers.js';

/** A column whose outliers were pulled in. */
export interface RobustScale {
  readonly median: number;
  /** The values, null as the median, none further from it than 5 robust deviations. */
  readonly clipped: Float64Array;
  /** Of `clipped`; 0 for a constant, and for a column without values. */
  readonly mean: number;
  readonly std: number;
}

const mostDeviations = 5;

/** Turns a median absolute deviation into the standard deviation of a normal distribution. */
const normalFactor = 1.4826;

/**
 * Median and clipped values of a column. Where more than half of the values are equal the median absolute deviation is
 * 0 and only infinities are clipped, to the least and the largest finite value.
 *
 * @param column NaN stands for null
 */
export function robustScale(column: Float64Array): RobustScale {
  const { values: ascending } = sortedNumbers(column);
  if (ascending.length === 0) return { median: 0, clipped: new Float64Array(column.length), mean: 0, std: 0 };
  const median = quantileOfSorted(ascending, 0.5);
  const gaps = ascending.map((value) => Math.abs(value - median)).sort();
  const deviation = normalFactor * quantileOfSorted(gaps, 0.5);
  const reach = deviation > 0 ? mostDeviations * deviation : Number.POSITIVE_INFINITY;
  const low = Math.max(median - reach, ascending[0] ?? 0);
  const high = Math.min(median + reach, ascending.at(-1) ?? 0);
  const clipped = column.map((value) =>
    Number.isNaN(value) ? median : Math.max(low, Math.min(high, value)),
  );
  return { median, clipped, ...momentsOf(clipped) };
}
