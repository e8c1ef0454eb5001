import { momentsOf } from '../stats/moments.js';
import { type SortedNumbers, sortedNumbers } from '../stats/sorted-numbers.js';

/** A column with more distinct values is kept as quantile points, each for at most this share of the values. */
export const empiricalPoints = 4096;

/** So many values at either end are kept as they are: there the quantile points lie far apart. */
const exactEnds = 64;

/**
 * The distribution of a reference column, frozen: every later window is compared with it, without the reference's rows.
 * JSON-safe, at most {@link empiricalPoints} + 128 points.
 */
export interface EmpiricalDistribution {
  /** Distinct values, ascending; the first and the last are the least and the largest of the reference. */
  readonly values: readonly number[];
  /** How many values of the reference are at most as large as each of `values`; the last is `n`. */
  readonly cumulative: readonly number[];
  /** Whether `values` holds every value of the reference, so that what is compared with it is exact. */
  readonly exact: boolean;
  /** Finite values. */
  readonly n: number;
  /** Rows without a value (NaN), and rows with an infinity; both are in no distribution. */
  readonly nulls: number;
  readonly infinite: number;
  readonly mean: number;
  /** Divides by n (ddof 0). */
  readonly std: number;
}

/**
 * Freezes a column. Where it has more than {@link empiricalPoints} distinct values, the step function over the kept points is
 * below the true distribution by less than 1/4096 anywhere (between two points lie less than that many values), and
 * equal to it at each point; ties that are heavier are points themselves.
 *
 * @param column NaN stands for null; nothing but nulls, or no row at all, is a distribution with `n` 0 and no points;
 *   a constant or a single row has one point
 * @returns cost O(n log n)
 * @example empiricalDistribution([3, 1, 3]) // values [1, 3], cumulative [1, 3], n 3, mean 2.333
 */
export function empiricalDistribution(column: ArrayLike<number>): EmpiricalDistribution {
  return empiricalOfSorted(sortedNumbers(column));
}

/** {@link empiricalDistribution} of a column that is sorted already. */
export function empiricalOfSorted({
  values: ascending,
  nulls,
  infinite,
}: SortedNumbers): EmpiricalDistribution {
  const n = ascending.length;
  const exact = distinctValues(ascending) <= empiricalPoints;
  const [lowEnd, highEnd] = exact ? [n, 0] : [exactEnds, n - exactEnds];
  const values: number[] = [];
  const cumulative: number[] = [];
  let before = 0;
  let rank = 1;
  for (let row = 0; row < n; row++) {
    const value = ascending[row] ?? 0;
    const upTo = row + 1;
    if (upTo < n && ascending[upTo] === value) continue;
    if (upTo >= rank || before < lowEnd || upTo > highEnd) {
      values.push(value);
      cumulative.push(upTo);
      if (upTo >= rank) rank = rankAfter(upTo, n);
    }
    before = upTo;
  }
  return { values, cumulative, exact, n, nulls, infinite, ...momentsOf(ascending) };
}

/** The least of the ranks `ceil(k n / 4096)` above one. */
function rankAfter(rank: number, n: number): number {
  return Math.ceil(((Math.floor((rank * empiricalPoints) / n) + 1) * n) / empiricalPoints);
}

function distinctValues(ascending: Float64Array): number {
  let distinct = 0;
  for (let row = 0; row < ascending.length; row++)
    if (row === 0 || ascending[row] !== ascending[row - 1]) distinct++;
  return distinct;
}
