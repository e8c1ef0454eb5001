import { partitionRows } from '../stats/partition-rows.js';
import type { Random } from '../stats/seeded-random.js';
import { meanSearchDepth } from './mean-search-depth.js';

/** One tree as parallel arrays, an element a node, the root first. JSON-safe. */
export interface IsolationTree {
  /** The column that is cut; -1 for a leaf. */
  readonly column: readonly number[];
  /** A value below it goes left; for a leaf, the depth at which its rows are cut off. */
  readonly value: readonly number[];
  /** Indices of the children; 0 for a leaf. */
  readonly left: readonly number[];
  readonly right: readonly number[];
}

interface Growing {
  readonly column: number[];
  readonly value: number[];
  readonly left: number[];
  readonly right: number[];
}

/**
 * Cuts rows apart: a random column of those that vary, a random value between its ends.
 *
 * @param columns finite numbers
 * @param rows of the columns; reordered in place
 */
export function growIsolationTree(
  columns: readonly Float64Array[],
  rows: Uint32Array,
  random: Random,
): IsolationTree {
  const tree: Growing = { column: [], value: [], left: [], right: [] };
  grow(tree, columns, rows, 0, Math.ceil(Math.log2(Math.max(2, rows.length))), random);
  return tree;
}

function grow(
  tree: Growing,
  columns: readonly Float64Array[],
  rows: Uint32Array,
  depth: number,
  deepest: number,
  random: Random,
): number {
  const node = tree.column.length;
  const cut = depth < deepest ? randomCut(columns, rows, random) : undefined;
  tree.column.push(cut?.column ?? -1);
  tree.value.push(cut?.value ?? depth + meanSearchDepth(rows.length));
  tree.left.push(0);
  tree.right.push(0);
  if (!cut) return node;
  const values = columns[cut.column] ?? new Float64Array(0);
  const middle = partitionRows(rows, (row) => (values[row] ?? 0) < cut.value);
  tree.left[node] = grow(tree, columns, rows.subarray(0, middle), depth + 1, deepest, random);
  tree.right[node] = grow(tree, columns, rows.subarray(middle), depth + 1, deepest, random);
  return node;
}

/** Undefined where no column tells any two rows apart. */
function randomCut(
  columns: readonly Float64Array[],
  rows: Uint32Array,
  random: Random,
): { readonly column: number; readonly value: number } | undefined {
  const untried = columns.map((_, column) => column);
  while (rows.length > 1 && untried.length > 0) {
    const at = Math.floor(random() * untried.length);
    const column = untried.splice(at, 1)[0] ?? 0;
    const [low, high] = rangeOf(columns[column] ?? new Float64Array(0), rows);
    // Strictly above the least value, so that neither side is empty; halves first, as the width may overflow.
    const value = 2 * (low / 2 + (high / 2 - low / 2) * random());
    if (low < high) return { column, value: value > low ? Math.min(value, high) : high };
  }
  return undefined;
}

function rangeOf(values: Float64Array, rows: Uint32Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < rows.length; place++) {
    const value = values[rows[place] ?? 0] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The depth at which a row is cut off, with what the rows of its leaf would have needed on top. */
export function isolationDepth(tree: IsolationTree, columns: readonly Float64Array[], row: number): number {
  let node = 0;
  for (;;) {
    const column = tree.column[node] ?? -1;
    const value = tree.value[node] ?? 0;
    if (column < 0) return value;
    node = ((columns[column]?.[row] ?? 0) < value ? tree.left[node] : tree.right[node]) ?? 0;
  }
}
