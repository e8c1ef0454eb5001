import { quantileOfSorted } from '../../stats/quantile.js';
import { sortedNumbers } from '../../stats/sorted-numbers.js';
import type { SampledTable } from './sampled-table.js';

/** Each value as a small whole number, for trees that split between bins. */
export interface BinnedTable {
  /** Column-major: the bin of row `r` in column `c` is `bins[c * rows + r]`; 0 is null. */
  readonly bins: Uint8Array;
  readonly columns: number;
  readonly rows: number;
}

/** Bins of a column, that of null included. */
export const mostBins = 64;

/** The most frequent categories have a bin each, the others share one. */
const mostCategories = 32;

/**
 * Bins all rows of both samples together, without looking at which sample a row belongs to: numbers at their quantiles,
 * infinities at the ends; categories in the order of their frequency; null in a bin of its own.
 */
export function binTable({ columns, n, m }: SampledTable): BinnedTable {
  const rows = n + m;
  const bins = new Uint8Array(columns.length * rows);
  columns.forEach(({ values }, column) => {
    const target = bins.subarray(column * rows, (column + 1) * rows);
    if (values instanceof Float64Array) binNumbers(values, target);
    else binCategories(values, target);
  });
  return { bins, columns: columns.length, rows };
}

function binNumbers(values: Float64Array, target: Uint8Array): void {
  const { values: ascending } = sortedNumbers(values);
  const inner = mostBins - 2;
  const edges =
    ascending.length === 0
      ? []
      : Array.from({ length: inner }, (_, at) => quantileOfSorted(ascending, (at + 1) / (inner + 1)));
  const distinct = Float64Array.from(new Set(edges));
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    target[row] = Number.isNaN(value) ? 0 : 1 + edgesBelow(distinct, value);
  }
}

function edgesBelow(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function binCategories(values: readonly (string | null)[], target: Uint8Array): void {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const names = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const place = new Map(names.map(([name], at) => [name, 1 + Math.min(at, mostCategories)]));
  values.forEach((value, row) => {
    target[row] = value === null ? 0 : (place.get(value) ?? 0);
  });
}
