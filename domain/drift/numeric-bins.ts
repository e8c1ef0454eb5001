import { quantileOfSorted } from '../stats/quantile.js';
import { type SortedNumbers, sortedNumbers } from '../stats/sorted-numbers.js';

/**
 * Bins of a numeric column, fixed by its reference: later windows are counted into them, so counts of several windows
 * can be added. JSON-safe.
 */
export interface NumericBins {
  /** Inner edges, ascending and distinct; a value equal to an edge belongs to the bin above it. */
  readonly edges: readonly number[];
  /** Least and largest finite value of the reference; infinities count as below and above. */
  readonly min: number;
  readonly max: number;
}

/**
 * Edges at the quantiles of a reference. Equal quantiles (a column of few values) are one edge.
 *
 * @param reference numbers; NaN stands for null and is left out, as infinities are
 * @returns undefined where the reference holds no finite value
 */
export function numericBins(reference: ArrayLike<number>, bins = 10): NumericBins | undefined {
  return numericBinsOfSorted(sortedNumbers(reference), bins);
}

/** {@link numericBins} of a column that is sorted already. */
export function numericBinsOfSorted(
  { values: ascending }: SortedNumbers,
  bins = 10,
): NumericBins | undefined {
  const min = ascending[0];
  const max = ascending.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const inner = Array.from({ length: bins - 1 }, (_, at) => quantileOfSorted(ascending, (at + 1) / bins));
  return { edges: [...new Set(inner)].filter((edge) => edge > min), min, max };
}

/** How many counts {@link countNumeric} gives: below, the inner bins, above, null. */
export function numericBinCount({ edges }: NumericBins): number {
  return edges.length + 4;
}

/** Counts by bin, in the order below the reference, inner bins ascending, above the reference, null. */
export function countNumeric(bins: NumericBins, values: ArrayLike<number>): Float64Array {
  const { edges, min, max } = bins;
  const counts = new Float64Array(numericBinCount(bins));
  const add = (bin: number) => {
    counts[bin] = (counts[bin] ?? 0) + 1;
  };
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) add(counts.length - 1);
    else if (value < min) add(0);
    else if (value > max) add(counts.length - 2);
    else add(1 + edgesUpTo(edges, value));
  }
  return counts;
}

function edgesUpTo(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
