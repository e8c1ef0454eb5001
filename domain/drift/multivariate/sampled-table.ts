import { sampleIndices } from '../../stats/sample-indices.js';
import type { Random } from '../../stats/seeded-random.js';
import type { DriftSample } from '../column-shift.js';

/** Rows of both samples side by side, the reference's first, drawn without replacement. */
export interface SampledTable {
  readonly columns: readonly SampledColumn[];
  /** Rows of the reference. */
  readonly n: number;
  /** Rows of the current sample. */
  readonly m: number;
}

/** Values of one column: numbers with NaN for null, or text with null. `n` of the reference, then `m` of the current. */
export interface SampledColumn {
  readonly name: string;
  readonly values: Float64Array | readonly (string | null)[];
}

/**
 * Draws at most `mostRows` rows of either side, the same rows in every column.
 *
 * @param samples all columns of a side have equally many rows
 * @throws RangeError where they have not
 */
export function sampledTable(
  samples: Readonly<Record<string, DriftSample>>,
  mostRows: number,
  random: Random,
): SampledTable {
  const entries = Object.entries(samples);
  const [rows, currentRows] = [entries[0]?.[1].reference.length ?? 0, entries[0]?.[1].current.length ?? 0];
  for (const [name, { reference, current }] of entries)
    if (reference.length !== rows || current.length !== currentRows)
      throw new RangeError(
        `all columns need ${rows} and ${currentRows} rows, came ${reference.length} and ${current.length} in ${name}`,
      );
  const before = sampleIndices(rows, mostRows, random);
  const after = sampleIndices(currentRows, mostRows, random);
  const columns = entries.map(([name, sample]) => ({ name, values: taken(sample, before, after) }));
  return { columns, n: before.length, m: after.length };
}

function taken(sample: DriftSample, before: Uint32Array, after: Uint32Array): SampledColumn['values'] {
  if (sample.kind === 'categorical')
    return [
      ...Array.from(before, (row) => sample.reference[row] ?? null),
      ...Array.from(after, (row) => sample.current[row] ?? null),
    ];
  const values = new Float64Array(before.length + after.length);
  before.forEach((row, at) => {
    values[at] = sample.reference[row] ?? Number.NaN;
  });
  after.forEach((row, at) => {
    values[before.length + at] = sample.current[row] ?? Number.NaN;
  });
  return values;
}
