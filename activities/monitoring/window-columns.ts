import {
  type ColumnValues,
  type ReadColumn,
  readColumnValues,
} from '../../domain/monitoring/column-values.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import type { TrafficRow } from '../../domain/ports/watches.js';

/**
 * Inputs of rows as they came, column by column. A model with one wide input has its columns in the order in which it
 * was trained.
 */
export function inputColumns(
  rows: readonly TrafficRow[],
  profile: ReferenceProfile,
  inputs: readonly string[],
): Record<string, ReadColumn> {
  const tensors = Object.keys(rows[0]?.inputs ?? {});
  const wide = tensors.length === 1 && !inputs.includes(tensors[0] ?? '') ? tensors[0] : undefined;
  const cellOf = ({ inputs: values }: TrafficRow, name: string): unknown =>
    wide === undefined ? values[name] : (values[wide] as readonly unknown[])[inputs.indexOf(name)];
  return Object.fromEntries(
    inputs.flatMap((name) => {
      const kind = profile.columns[name]?.kind;
      if (kind === undefined) return [];
      return [
        [
          name,
          readColumnValues(
            kind,
            rows.map((row) => cellOf(row, name)),
          ),
        ] as const,
      ];
    }),
  );
}

export function valuesOf(columns: Readonly<Record<string, ReadColumn>>): Record<string, ColumnValues> {
  return Object.fromEntries(Object.entries(columns).map(([name, { column }]) => [name, column]));
}

/** The number that a model is judged by, of each row: the last of what its output has for it. NaN where there is none. */
export function scoresOf(rows: readonly TrafficRow[], output: string): Float64Array {
  return Float64Array.from(rows, ({ outputs }) => {
    const value = outputs[output];
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === 'number' ? last : Number.NaN;
  });
}
