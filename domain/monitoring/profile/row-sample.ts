import { type Columns, type ColumnValues, readColumnValues } from '../column-values.js';

/** Null stands for NaN; an infinity is the text `Infinity` or `-Infinity`. */
export type SampledCell = number | string | null;

/** Some rows of a reference as they are kept with it, column by column. JSON-safe. */
export interface RowSample {
  readonly rows: number;
  readonly columns: Readonly<Record<string, readonly SampledCell[]>>;
}

export function keepRows(columns: Columns, rows: ArrayLike<number>): RowSample {
  const kept = Object.entries(columns).map(([name, { values }]) => [
    name,
    Array.from(rows, (row) => cellOf(values[row])),
  ]);
  return { rows: rows.length, columns: Object.fromEntries(kept) };
}

/** The columns of kept rows; `kinds` names those that are wanted. */
export function sampledColumns(
  { columns }: RowSample,
  kinds: Readonly<Record<string, { readonly kind: ColumnValues['kind'] }>>,
): Record<string, ColumnValues> {
  const read = Object.entries(kinds).flatMap(([name, { kind }]) => {
    const cells = columns[name];
    return cells === undefined ? [] : [[name, readColumnValues(kind, cells).column] as const];
  });
  return Object.fromEntries(read);
}

function cellOf(value: number | string | null | undefined): SampledCell {
  if (typeof value !== 'number') return value ?? null;
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}
