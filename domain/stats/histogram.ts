/** Counts of values in bins of equal width; `edges` holds one number more than `counts`. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Values under the first edge. */
  readonly below: number;
  /** Values over the last edge. */
  readonly above: number;
}

/**
 * Counts values in `bins` bins of equal width from `low` to `high`. A bin holds its left edge; the last one holds
 * both. What lies outside is counted in `below` and `above`, so that nothing is lost.
 *
 * @param values finite numbers
 * @throws RangeError when `bins` is not a whole number from 1 up, or `low` is not less than `high`
 * @example histogram([0, 1, 2, 9], 0, 2, 2) // { edges: [0, 1, 2], counts: [1, 2], below: 0, above: 1 }
 */
export function histogram(values: ArrayLike<number>, low: number, high: number, bins: number): Histogram {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`bins must be 1 or more, came ${bins}`);
  if (!(low < high)) throw new RangeError(`low must be less than high, came ${low} and ${high}`);
  const counts = new Array<number>(bins).fill(0);
  let below = 0;
  let above = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (value < low) below++;
    else if (value > high) above++;
    else {
      const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  const edges = Array.from({ length: bins + 1 }, (_, edge) => low + ((high - low) * edge) / bins);
  return { edges, counts, below, above };
}
