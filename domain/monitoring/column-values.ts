import { type SortedNumbers, sortedNumbers } from '../stats/sorted-numbers.js';
import type { ColumnLook } from './skew/column-look.js';

/** Values of one column, row by row: numbers with NaN for what is none, or text with null. */
export type ColumnValues =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly values: readonly (string | null)[] };

/** A table, column by column, row beside row. */
export type Columns = Readonly<Record<string, ColumnValues>>;

/** What a contract allows in a column; what it does not say is allowed. */
export interface AllowedValues {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly oneOf?: readonly (string | number | boolean)[] | undefined;
}

/** A column as it came in requests, and how many of its values were none of its type. */
export interface ReadColumn {
  readonly column: ColumnValues;
  readonly unreadable: number;
}

/** Reads values of JSON. The texts `Infinity` and `-Infinity` are numbers; a list of one value is that value. */
export function readColumnValues(kind: ColumnValues['kind'], cells: readonly unknown[]): ReadColumn {
  let unreadable = 0;
  const read = <T>(take: (value: unknown) => T | undefined, missing: T) =>
    cells.map((cell) => {
      const value = Array.isArray(cell) && cell.length === 1 ? (cell[0] as unknown) : cell;
      if (value === null || value === undefined) return missing;
      const taken = take(value);
      if (taken === undefined) unreadable += 1;
      return taken ?? missing;
    });
  const column: ColumnValues =
    kind === 'numeric'
      ? { kind, values: Float64Array.from(read(numberOf, Number.NaN)) }
      : { kind, values: read<string | null>(textOf, null) };
  return { column, unreadable };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  return value === '-Infinity' ? Number.NEGATIVE_INFINITY : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Counts what skew is told by. `seen` are the categories of the reference; where it is left out, none is unseen.
 */
export function lookAt(
  { column, unreadable }: ReadColumn,
  { allowed = {}, seen }: { readonly allowed?: AllowedValues; readonly seen?: ReadonlySet<string> },
): ColumnLook {
  const look =
    column.kind === 'numeric'
      ? lookAtSorted(sortedNumbers(column.values), allowed)
      : lookAtTexts(column.values, allowed, seen);
  return { ...look, nulls: look.nulls - unreadable, unreadable };
}

/** {@link lookAt} of numbers that are sorted already: equal ones stand together. */
export function lookAtSorted(
  { withInfinite, nulls }: SortedNumbers,
  allowed: AllowedValues = {},
): ColumnLook {
  let mostFrequent = 0;
  let broken = 0;
  for (let from = 0, to = 0; from < withInfinite.length; from = to) {
    const value = withInfinite[from] ?? 0;
    while (to < withInfinite.length && withInfinite[to] === value) to += 1;
    mostFrequent = Math.max(mostFrequent, to - from);
    if (!isAllowed(value, allowed)) broken += to - from;
  }
  return { rows: withInfinite.length + nulls, nulls, unreadable: 0, broken, unseen: 0, mostFrequent };
}

function lookAtTexts(
  values: readonly (string | null)[],
  allowed: AllowedValues,
  seen: ReadonlySet<string> | undefined,
): ColumnLook {
  const counts = new Map<string, number>();
  let nulls = 0;
  for (const value of values) {
    if (value === null) nulls += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let [mostFrequent, broken, unseen] = [0, 0, 0];
  for (const [value, rows] of counts) {
    mostFrequent = Math.max(mostFrequent, rows);
    if (!isAllowed(value, allowed)) broken += rows;
    if (seen !== undefined && !seen.has(value)) unseen += rows;
  }
  return { rows: values.length, nulls, unreadable: 0, broken, unseen, mostFrequent };
}

function isAllowed(value: string | number, { min, max, oneOf }: AllowedValues): boolean {
  if (oneOf !== undefined) return oneOf.some((allowed) => allowed === value);
  if (typeof value === 'string') return true;
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}
