import { momentsOf } from '../stats/moments.js';
import { sortedNumbers } from '../stats/sorted-numbers.js';

/** A reference that varies less is taken to vary this much, so that the normed distance is finite. */
export const leastSpread = 0.001;

/**
 * Wasserstein-1 distance `integral |F - G|` of two samples: how far a value has to go on average to turn one into the
 * other, in the unit of the column. NaN (null) and infinities are left out; two constants are their gap apart. The
 * answer is finite: what does not fit a double is the largest there is.
 *
 * @param reference numbers in any order
 * @param current numbers in any order, not necessarily as many
 * @returns 0 (equal) up; undefined where a side has no finite value
 * Source: Ramdas, Garcia Trillos and Cuturi, Entropy 2017. Cost O(n log n).
 * @example wassersteinDistance([0, 1], [1, 2]) // 1
 */
export function wassersteinDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): number | undefined {
  const { values: first } = sortedNumbers(reference);
  const { values: second } = sortedNumbers(current);
  if (first.length === 0 || second.length === 0) return undefined;
  let area = 0;
  let left = 0;
  let right = 0;
  let value = Math.min(first[0] ?? 0, second[0] ?? 0);
  while (left < first.length || right < second.length) {
    while (left < first.length && (first[left] ?? 0) <= value) left++;
    while (right < second.length && (second[right] ?? 0) <= value) right++;
    const next = Math.min(first[left] ?? Number.POSITIVE_INFINITY, second[right] ?? Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) break;
    area += Math.abs(left / first.length - right / second.length) * Math.min(next - value, Number.MAX_VALUE);
    value = next;
  }
  return Math.min(area, Number.MAX_VALUE);
}

/**
 * {@link wassersteinDistance} in standard deviations of the reference (ddof 0), which count as at least
 * {@link leastSpread}: `integral |F - G| / max(std, 0.001)`. From 0.1 up it usually matters.
 *
 * @example normedWasserstein of .1 .2 ... 10 against the same plus 1 // 0.346427
 */
export function normedWasserstein(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): number | undefined {
  const distance = wassersteinDistance(reference, current);
  if (distance === undefined) return undefined;
  const spread = Math.max(momentsOf(sortedNumbers(reference).values).std, leastSpread);
  return Math.min(distance / spread, Number.MAX_VALUE);
}
