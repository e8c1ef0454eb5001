import type { Column } from '../adapters/duckdb/index.js';

/** Rows that drift and associations look at, evenly over the whole split: more would not change their numbers. */
export const mostSampleRows = 200_000;

/** Every k-th value, so that at most `mostSampleRows` are left. The same rows of every column of a file. */
export function sampleOf({ values }: Column): Float64Array | (string | null)[] {
  const step = Math.ceil(values.length / mostSampleRows);
  if (step <= 1) return values;
  if (values instanceof Float64Array) return values.filter((_, row) => row % step === 0);
  return values.filter((_, row) => row % step === 0);
}
