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
  if (reference.length !== current.length)
    throw new RangeError(`both sides need the same bins, came ${reference.length} and ${current.length}`);
  const n = total(reference);
  const m = total(current);
  if (!(n > 0 && m > 0)) throw new RangeError(`both sides need counts, came ${n} and ${m}`);
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const p = Math.max((reference[bin] ?? 0) / n, emptyShare);
    const q = Math.max((current[bin] ?? 0) / m, emptyShare);
    sum += (q - p) * Math.log(q / p);
  }
  return sum;
}

function total(counts: ArrayLike<number>): number {
  return Array.prototype.reduce.call<
    ArrayLike<number>,
    [(sum: number, count: number) => number, number],
    number
  >(counts, (sum, count) => sum + count, 0);
}
