import { pairedShares } from './paired-shares.js';

/** The share that an empty bin counts as, so that its logarithm is finite. */
export const emptyShare = 1e-4;

/**
 * Population stability index: `sum (q - p) ln(q / p)` over the bins of two distributions, each share floored at
 * `emptyShare`. 0 where both are equal; it has no upper end.
 *
 * @param reference counts by bin
 * @param current counts by bin, the same bins in the same order
 * @throws RangeError where the bins differ in number, or a side counts nothing
 */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const shares = pairedShares(reference, current);
  let sum = 0;
  for (let bin = 0; bin < shares.reference.length; bin += 1) {
    const p = Math.max(shares.reference[bin] ?? 0, emptyShare);
    const q = Math.max(shares.current[bin] ?? 0, emptyShare);
    sum += (q - p) * Math.log(q / p);
  }
  return sum;
}
