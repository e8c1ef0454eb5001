/** The largest distance between two empirical distributions, and how likely it is where both are one. */
export interface KsTest {
  /** 0 (equal) to 1 (apart). */
  readonly statistic: number;
  /** Probability of a distance at least this large under no difference. */
  readonly pValue: number;
}

/** Terms of the series beyond this one are below what a double holds. */
const mostTerms = 100;

/**
 * Two-sample Kolmogorov-Smirnov. The p-value is the asymptotic series with the correction of Stephens (1970) for small
 * samples: `lambda = (e + 0.12 + 0.11 / e) D`, `e = sqrt(nm / (n + m))`.
 *
 * @param reference at least one number, in any order; infinities are numbers here
 * @param current at least one number, in any order
 * @throws RangeError where one of them is empty or holds NaN
 */
export function twoSampleKs(reference: ArrayLike<number>, current: ArrayLike<number>): KsTest {
  return ksOfSorted(Float64Array.from(reference).sort(), Float64Array.from(current).sort());
}

/** {@link twoSampleKs} of samples that are sorted already. */
export function ksOfSorted(reference: Float64Array, current: Float64Array): KsTest {
  const n = reference.length;
  const m = current.length;
  if (n === 0 || m === 0) throw new RangeError(`both samples need values, came ${n} and ${m}`);
  // NaN is sorted last, and would never be walked past.
  if (Number.isNaN(reference[n - 1]) || Number.isNaN(current[m - 1]))
    throw new RangeError('both samples need numbers, came NaN');
  const statistic = distance(reference, current);
  return { statistic, pValue: ksPValue(statistic, n, m) };
}

/**
 * The probability of a distance at least this large between samples of `n` and `m` values of one continuous
 * distribution; see {@link twoSampleKs}. With ties it is too large rather than too small.
 *
 * @param statistic 0..1
 * @param n at least 1
 * @param m at least 1
 */
export function ksPValue(statistic: number, n: number, m: number): number {
  const effective = Math.sqrt((n * m) / (n + m));
  return ksTail((effective + 0.12 + 0.11 / effective) * statistic);
}

/** `2 sum (-1)^(k-1) exp(-2 k^2 lambda^2)`, within 0..1. */
function ksTail(lambda: number): number {
  // Below this the series converges too slowly to be summed, and the answer is 1 to 1e-12.
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= mostTerms; k += 1) {
    const term = Math.exp(-2 * k * k * lambda * lambda);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-16) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

function distance(first: Float64Array, second: Float64Array): number {
  let largest = 0;
  let left = 0;
  let right = 0;
  while (left < first.length && right < second.length) {
    const value = Math.min(first[left] ?? 0, second[right] ?? 0);
    while (left < first.length && (first[left] ?? 0) <= value) left += 1;
    while (right < second.length && (second[right] ?? 0) <= value) right += 1;
    largest = Math.max(largest, Math.abs(left / first.length - right / second.length));
  }
  return largest;
}
