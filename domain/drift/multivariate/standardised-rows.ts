import { momentsOf } from '../../stats/moments.js';
import { sortedNumbers } from '../../stats/sorted-numbers.js';
import type { SampledTable } from './sampled-table.js';

/** Values further out than this many standard deviations of the reference count as that far. */
const furthest = 8;

/** Rows as points that can be subtracted from each other: row-major, `width` finite numbers a row. */
export interface StandardisedRows {
  readonly points: Float64Array;
  readonly width: number;
}

/**
 * Numbers in standard deviations from the mean of the reference, at most 8 either way (so are infinities); null is the
 * mean. A column that does not vary in the reference has a deviation of 1. Categories are left out.
 */
export function standardisedRows({ columns, n, m }: SampledTable): StandardisedRows {
  const numeric = columns.flatMap(({ values }) => (values instanceof Float64Array ? [values] : []));
  const width = numeric.length;
  const points = new Float64Array((n + m) * width);
  numeric.forEach((values, column) => {
    const { mean, std } = momentsOf(sortedNumbers(values.subarray(0, n)).values);
    const scale = std > 0 ? std : 1;
    for (let row = 0; row < n + m; row++) {
      const value = values[row] ?? Number.NaN;
      const steps = Number.isNaN(value) ? 0 : (value - mean) / scale;
      points[row * width + column] = Math.max(-furthest, Math.min(furthest, steps));
    }
  });
  return { points, width };
}
