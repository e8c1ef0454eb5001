import type { Columns, ColumnValues } from '../column-values.js';

/** Some rows of a column, in the order in which they are asked for. */
export function takeRows({ kind, values }: ColumnValues, rows: ArrayLike<number>): ColumnValues {
  return kind === 'numeric'
    ? { kind, values: Float64Array.from(rows, (row) => values[row] ?? Number.NaN) }
    : { kind, values: Array.from(rows, (row) => values[row] ?? null) };
}

/** The same rows of every column. */
export function takeTable(columns: Columns, rows: ArrayLike<number>): Record<string, ColumnValues> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, takeRows(column, rows)]));
}

/** At most so many of some rows, spread evenly over them. */
export function spreadRows(rows: ArrayLike<number>, most: number): Int32Array {
  const taken = Math.min(rows.length, most);
  return Int32Array.from({ length: taken }, (_, at) => rows[Math.floor((at * rows.length) / taken)] ?? 0);
}
