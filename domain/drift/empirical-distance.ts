import { sortedNumbers } from '../stats/sorted-numbers.js';
import type { EmpiricalDistribution } from './empirical.js';
import { ksPValue } from './two-sample-ks.js';
import { leastSpread } from './wasserstein.js';

/** How far the values of a window lie from a frozen distribution. */
export interface EmpiricalDistance {
  /** Two-sample Kolmogorov-Smirnov: 0..1; off by less than 1/4096 where the distribution is not exact. */
  readonly ks: number;
  /** Of `ks`, with the correction of Stephens; see `twoSampleKs`. */
  readonly pValue: number;
  /** Wasserstein-1 in the unit of the column; off by at most the range of the reference over 4096 where it is not exact. */
  readonly wasserstein: number;
  /** `wasserstein` in standard deviations of the reference, which count as at least 0.001; both are finite. */
  readonly normedWasserstein: number;
}

/** A window as it was compared: what was no number is counted, never dropped in silence. */
export interface EmpiricalComparison {
  /** Undefined where the window or the reference has no finite value. */
  readonly distance: EmpiricalDistance | undefined;
  /** Finite values of the window. */
  readonly m: number;
  readonly nulls: number;
  readonly infinite: number;
}

/**
 * Compares a window with a frozen reference: both distances in one walk over the sorted values, O(m log m) plus the
 * points of the reference. Constants, single rows and ties have the distances of their definition; NaN is null.
 *
 * @param window NaN stands for null; stays as it is
 * @example compareWithEmpirical(empiricalDistribution([0, 1]), [1, 2]).distance // ks 0.5, wasserstein 1
 */
export function compareWithEmpirical(
  reference: EmpiricalDistribution,
  window: ArrayLike<number>,
): EmpiricalComparison {
  const { values, nulls, infinite } = sortedNumbers(window);
  const m = values.length;
  if (m === 0 || reference.n === 0) return { distance: undefined, m, nulls, infinite };
  const { ks, area } = walk(reference, values);
  const distance = {
    ks,
    pValue: ksPValue(ks, reference.n, m),
    wasserstein: area,
    normedWasserstein: Math.min(area / Math.max(reference.std, leastSpread), Number.MAX_VALUE),
  };
  return { distance, m, nulls, infinite };
}

function walk(reference: EmpiricalDistribution, window: Float64Array): { ks: number; area: number } {
  const points = Float64Array.from(reference.values);
  const shares = Float64Array.from(reference.cumulative, (count) => count / reference.n);
  const m = window.length;
  let ks = 0;
  let area = 0;
  let point = 0;
  let row = 0;
  let value = Math.min(points[0] ?? 0, window[0] ?? 0);
  while (point < points.length || row < m) {
    while (point < points.length && (points[point] ?? 0) <= value) point++;
    while (row < m && (window[row] ?? 0) <= value) row++;
    const gap = Math.abs((point === 0 ? 0 : (shares[point - 1] ?? 0)) - row / m);
    if (gap > ks) ks = gap;
    const nextPoint = point < points.length ? (points[point] ?? 0) : Number.POSITIVE_INFINITY;
    const nextRow = row < m ? (window[row] ?? 0) : Number.POSITIVE_INFINITY;
    const next = Math.min(nextPoint, nextRow);
    if (next === Number.POSITIVE_INFINITY) break;
    area += gap * Math.min(next - value, Number.MAX_VALUE);
    value = next;
  }
  return { ks, area: Math.min(area, Number.MAX_VALUE) };
}
