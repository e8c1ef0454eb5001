import { momentsOf } from '../stats/moments.js';
import { sortedNumbers } from '../stats/sorted-numbers.js';

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
  const { values: ascending, nulls, infinite } = sortedNumbers(column);
  const n = ascending.length;
  const points = distinctPoints(ascending);
  const exact = points.values.length <= empiricalPoints;
  const { values, cumulative } = exact ? points : thinned(points, n);
  return { values, cumulative, exact, n, nulls, infinite, ...momentsOf(ascending) };
}

interface Points {
  readonly values: number[];
  readonly cumulative: number[];
}

function distinctPoints(ascending: Float64Array): Points {
  const values: number[] = [];
  const cumulative: number[] = [];
  for (let row = 0; row < ascending.length; row++) {
    const value = ascending[row] ?? 0;
    if (ascending[row + 1] === value) continue;
    values.push(value);
    cumulative.push(row + 1);
  }
  return { values, cumulative };
}

/** The points that hold the ranks `ceil(k n / 4096)`, and both ends. */
function thinned(points: Points, n: number): Points {
  const values: number[] = [];
  const cumulative: number[] = [];
  let before = 0;
  for (let at = 0; at < points.values.length; at++) {
    const upTo = points.cumulative[at] ?? 0;
    const holdsRank = cellOf(upTo, n) > cellOf(before, n);
    if (holdsRank || before < exactEnds || upTo > n - exactEnds) {
      values.push(points.values[at] ?? 0);
      cumulative.push(upTo);
    }
    before = upTo;
  }
  return { values, cumulative };
}

/** How many of the ranks `ceil(k n / 4096)` are at most `rank`. */
const cellOf = (rank: number, n: number) => Math.floor((rank * empiricalPoints) / n);
