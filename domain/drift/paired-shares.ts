/** The shares of two samples in the same bins; each side sums to 1. */
export interface PairedShares {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/**
 * Counts of two samples as shares.
 *
 * @param reference counts by bin, none negative
 * @param current counts by bin, the same bins in the same order
 * @throws RangeError where the bins differ in number, or a side counts nothing
 * @example pairedShares([1, 3], [2, 2]) // { reference: [0.25, 0.75], current: [0.5, 0.5] }
 */
export function pairedShares(reference: ArrayLike<number>, current: ArrayLike<number>): PairedShares {
  if (reference.length !== current.length)
    throw new RangeError(`both sides need the same bins, came ${reference.length} and ${current.length}`);
  const n = totalOf(reference);
  const m = totalOf(current);
  if (!(n > 0 && m > 0)) throw new RangeError(`both sides need counts, came ${n} and ${m}`);
  return {
    reference: Float64Array.from(reference, (count) => count / n),
    current: Float64Array.from(current, (count) => count / m),
  };
}

function totalOf(counts: ArrayLike<number>): number {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += counts[bin] ?? 0;
  return total;
}
