import { tiedRanks } from '../stats/tied-ranks.js';
import { chiSquareTest } from './chi-square.js';

/** A column as associations see it: numbers with NaN for null, or text with null. */
export type AssociationColumn = Float64Array | readonly (string | null)[];

/** How much one column says about another, whatever the direction. */
export interface Association {
  readonly measure: 'correlation' | 'rank correlation' | 'correlation ratio' | "Cramer's V";
  /** 0 (nothing) to 1 (all). */
  readonly value: number;
  /** Rows where both have a value. */
  readonly n: number;
}

/** With fewer rows that have both values an association is not stated. */
export const leastAssociationRows = 200;

/**
 * Numbers against numbers: the absolute correlation of Pearson or of Spearman. Text against numbers: the correlation
 * ratio of the numbers or of their ranks, adjusted for the number of categories (epsilon squared of Kelley, 1935). The
 * larger counts: ranks show a copy under any steady change, values one that is exact where it is far from the middle and
 * noisy in it. Text against text: Cramer's V with the correction of Bergsma (2013). All are about 0 for columns that have
 * nothing to do with each other, whatever their cardinality.
 *
 * @returns a reason where there are too few rows, or a category for every row; a constant says nothing, which is 0
 */
export function associate(
  first: AssociationColumn,
  second: AssociationColumn,
): Association | { readonly reason: string } {
  const rows = rowsOfBoth(first, second);
  const n = rows.length;
  if (n < leastAssociationRows)
    return { reason: `${n} rows have both values, at least ${leastAssociationRows} are needed` };
  const left = taken(first, rows);
  const right = taken(second, rows);
  if (left instanceof Float64Array && right instanceof Float64Array) return correlation(left, right);
  if (left instanceof Float64Array) return correlationRatio(right as readonly string[], left);
  if (right instanceof Float64Array) return correlationRatio(left, right);
  return cramersV(left, right);
}

function rowsOfBoth(first: AssociationColumn, second: AssociationColumn): number[] {
  const has = (value: number | string | null | undefined) =>
    value !== null && value !== undefined && !Number.isNaN(value);
  const rows: number[] = [];
  for (let row = 0; row < Math.min(first.length, second.length); row += 1)
    if (has(first[row]) && has(second[row])) rows.push(row);
  return rows;
}

function taken(column: AssociationColumn, rows: readonly number[]): Float64Array | string[] {
  return column instanceof Float64Array
    ? Float64Array.from(rows, (row) => column[row] ?? 0)
    : rows.map((row) => column[row] ?? '');
}

function correlation(left: Float64Array, right: Float64Array): Association {
  const n = left.length;
  const ofRanks = absoluteCorrelation(tiedRanks(left), tiedRanks(right));
  const ofValues = absoluteCorrelation(left, right);
  return ofValues > ofRanks
    ? { measure: 'correlation', value: ofValues, n }
    : { measure: 'rank correlation', value: ofRanks, n };
}

/** 0 for a constant, and for numbers too large to be squared. */
function absoluteCorrelation(left: Float64Array, right: Float64Array): number {
  const [meanLeft, meanRight] = [meanOf(left), meanOf(right)];
  let both = 0;
  let ofLeft = 0;
  let ofRight = 0;
  for (let row = 0; row < left.length; row += 1) {
    const x = (left[row] ?? 0) - meanLeft;
    const y = (right[row] ?? 0) - meanRight;
    both += x * y;
    ofLeft += x * x;
    ofRight += y * y;
  }
  const value = Math.abs(both) / (Math.sqrt(ofLeft) * Math.sqrt(ofRight));
  return Number.isFinite(value) ? Math.min(1, value) : 0;
}

function correlationRatio(
  groups: readonly string[],
  numbers: Float64Array,
): Association | { readonly reason: string } {
  const n = numbers.length;
  const categories = new Set(groups).size;
  if (categories < 2) return { measure: 'correlation ratio', value: 0, n };
  if (categories >= n) return { reason: 'every row has a category of its own' };
  const value = Math.max(ratioOf(groups, tiedRanks(numbers)), ratioOf(groups, numbers));
  return { measure: 'correlation ratio', value, n };
}

function ratioOf(groups: readonly string[], numbers: Float64Array): number {
  const n = numbers.length;
  const mean = meanOf(numbers);
  const sums = new Map<string, { sum: number; count: number }>();
  let all = 0;
  groups.forEach((group, row) => {
    const number = (numbers[row] ?? 0) - mean;
    const held = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: held.sum + number, count: held.count + 1 });
    all += number * number;
  });
  const between = [...sums.values()].reduce((total, { sum, count }) => total + (sum * sum) / count, 0);
  const adjusted = 1 - ((1 - between / all) * (n - 1)) / (n - sums.size);
  return Number.isFinite(adjusted) ? Math.sqrt(Math.min(1, Math.max(0, adjusted))) : 0;
}

const meanOf = (numbers: Float64Array) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

/** A table with more cells is not made: such a column is an identifier. */
const mostCells = 4_000_000;

function cramersV(
  left: readonly string[],
  right: readonly string[],
): Association | { readonly reason: string } {
  const rowNames = [...new Set(left)];
  const columnNames = [...new Set(right)];
  const n = left.length;
  const rows = rowNames.length;
  const columns = columnNames.length;
  if (rows < 2 || columns < 2) return { measure: "Cramer's V", value: 0, n };
  if (rows * columns > mostCells)
    return { reason: `${rows} times ${columns} categories are too many to compare` };
  const rowAt = new Map(rowNames.map((name, at) => [name, at]));
  const columnAt = new Map(columnNames.map((name, at) => [name, at]));
  const table = rowNames.map(() => new Float64Array(columns));
  left.forEach((name, row) => {
    const counts = table[rowAt.get(name) ?? 0];
    const at = columnAt.get(right[row] ?? '') ?? 0;
    if (counts) counts[at] = (counts[at] ?? 0) + 1;
  });
  const squared = (chiSquareTest(table)?.statistic ?? 0) / n;
  const corrected = Math.max(0, squared - ((rows - 1) * (columns - 1)) / (n - 1));
  const size = (k: number) => k - (k - 1) ** 2 / (n - 1);
  const most = Math.min(size(rows), size(columns)) - 1;
  if (most <= 0) return { reason: 'every row has a category of its own' };
  return { measure: "Cramer's V", value: Math.min(1, Math.sqrt(corrected / most)), n };
}
