import { type BinnedTable, mostBins } from './binned-table.js';

/** A regression tree over bins: a row goes left where its bin in `column` is at most `bin`. */
export type TreeNode =
  | { readonly kind: 'leaf'; readonly value: number }
  | {
      readonly kind: 'split';
      readonly column: number;
      readonly bin: number;
      readonly left: TreeNode;
      readonly right: TreeNode;
    };

/** What a tree is fitted to, one number a row: first and second derivative of the loss at the present score. */
export interface Slopes {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

export interface TreeOptions {
  readonly depth: number;
  readonly leastLeafRows: number;
  /** Added to the curvature of a node: pulls the value of small leaves to 0. */
  readonly penalty: number;
}

interface Split {
  readonly column: number;
  readonly bin: number;
  readonly gain: number;
}

/**
 * Grows a tree that lowers the loss by a Newton step: a leaf is worth `-G / (H + penalty)`, a split gains
 * `GL^2/(HL + penalty) + GR^2/(HR + penalty) - G^2/(H + penalty)`, the best of all columns and bins by histograms.
 *
 * @param rows reordered in place
 * @param onSplit is told what each split gained
 * Source: Chen and Guestrin, KDD 2016 (gain); Ke and others, NIPS 2017 (histograms). Cost O(depth x rows x columns).
 */
export function growTree(
  table: BinnedTable,
  rows: Uint32Array,
  slopes: Slopes,
  options: TreeOptions,
  onSplit: (column: number, gain: number) => void,
): TreeNode {
  const [gradient, curvature] = totals(rows, slopes);
  const leaf = { kind: 'leaf', value: -gradient / (curvature + options.penalty) } as const;
  if (options.depth === 0 || rows.length < 2 * options.leastLeafRows) return leaf;
  const split = bestSplit(table, rows, slopes, options, [gradient, curvature]);
  if (!split) return leaf;
  onSplit(split.column, split.gain);
  const middle = partition(table, rows, split);
  const below = { ...options, depth: options.depth - 1 };
  return {
    kind: 'split',
    column: split.column,
    bin: split.bin,
    left: growTree(table, rows.subarray(0, middle), slopes, below, onSplit),
    right: growTree(table, rows.subarray(middle), slopes, below, onSplit),
  };
}

function totals(rows: Uint32Array, { gradient, curvature }: Slopes): [number, number] {
  let first = 0;
  let second = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    first += gradient[row] ?? 0;
    second += curvature[row] ?? 0;
  }
  return [first, second];
}

function bestSplit(
  table: BinnedTable,
  rows: Uint32Array,
  slopes: Slopes,
  { leastLeafRows, penalty }: TreeOptions,
  [gradient, curvature]: readonly [number, number],
): Split | undefined {
  const histogram = new Float64Array(3 * mostBins);
  const unsplit = gradient ** 2 / (curvature + penalty);
  let best: Split | undefined;
  for (let column = 0; column < table.columns; column++) {
    fillHistogram(histogram, table, column, rows, slopes);
    let count = 0;
    let left = 0;
    let leftCurvature = 0;
    for (let bin = 0; bin < mostBins - 1; bin++) {
      const inBin = histogram[3 * bin] ?? 0;
      if (inBin === 0) continue;
      count += inBin;
      left += histogram[3 * bin + 1] ?? 0;
      leftCurvature += histogram[3 * bin + 2] ?? 0;
      if (count < leastLeafRows) continue;
      if (rows.length - count < leastLeafRows) break;
      const gain =
        left ** 2 / (leftCurvature + penalty) +
        (gradient - left) ** 2 / (curvature - leftCurvature + penalty) -
        unsplit;
      if (gain > (best?.gain ?? 0)) best = { column, bin, gain };
    }
  }
  return best;
}

/** Three numbers a bin: rows, gradient, curvature. */
function fillHistogram(
  histogram: Float64Array,
  { bins, rows: allRows }: BinnedTable,
  column: number,
  rows: Uint32Array,
  { gradient, curvature }: Slopes,
): void {
  histogram.fill(0);
  const from = column * allRows;
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? 0;
    const at = 3 * (bins[from + row] ?? 0);
    histogram[at] = (histogram[at] ?? 0) + 1;
    histogram[at + 1] = (histogram[at + 1] ?? 0) + (gradient[row] ?? 0);
    histogram[at + 2] = (histogram[at + 2] ?? 0) + (curvature[row] ?? 0);
  }
}

/** Rows that go left first; gives how many do. */
function partition({ bins, rows: allRows }: BinnedTable, rows: Uint32Array, { column, bin }: Split): number {
  let middle = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? 0;
    if ((bins[column * allRows + row] ?? 0) > bin) continue;
    rows[place] = rows[middle] ?? 0;
    rows[middle] = row;
    middle++;
  }
  return middle;
}

/** The value of the leaf that a row falls into. */
export function treeValue(tree: TreeNode, { bins, rows }: BinnedTable, row: number): number {
  let node = tree;
  while (node.kind === 'split')
    node = (bins[node.column * rows + row] ?? 0) <= node.bin ? node.left : node.right;
  return node.value;
}
