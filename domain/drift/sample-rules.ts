import { chiSquareQuantile } from './chi-square.js';

/** With fewer values a side a distance says more about the sample than about the data. */
export const leastDriftRows = 200;

/** @returns why two samples of numbers or categories are too small to be compared, or undefined where they are not */
export function tooFewRows(n: number, m: number): string | undefined {
  if (Math.min(n, m) >= leastDriftRows) return undefined;
  return `too few: ${n} and ${m} values, at least ${leastDriftRows} a side are needed`;
}

/**
 * The rows that a stability index needs. Under no shift `PSI / (1/n + 1/m)` follows chi-square with a degree for every
 * filled bin but one, so the index means something only where its 99th percentile stays below the limit:
 * `m >= chi2(.99, B - 1) / limit * (1 + m/n)`.
 *
 * @param filledBins bins that either side fills; one is never too few
 * @param limit index that counts as a shift, above 0
 * @param n rows of the reference, at least 1
 * @param m rows of the current sample
 * @example leastStabilityRows(10, 0.1, 434, 434) // 434
 */
export function leastStabilityRows(filledBins: number, limit: number, n: number, m: number): number {
  if (filledBins < 2) return 1;
  return Math.ceil((chiSquareQuantile(0.99, filledBins - 1) / limit) * (1 + m / n));
}
