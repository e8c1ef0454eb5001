import { partitionRows } from '../../stats/partition-rows.js';
import { bestSplit, type Slopes, type TreeOptions } from './best-split.js';
import type { BinnedTable } from './binned-table.js';

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
  const from = split.column * table.rows;
  const middle = partitionRows(rows, (row) => (table.bins[from + row] ?? 0) <= split.bin);
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

/** The value of the leaf that a row falls into. */
export function treeValue(tree: TreeNode, { bins, rows }: BinnedTable, row: number): number {
  let node = tree;
  while (node.kind === 'split')
    node = (bins[node.column * rows + row] ?? 0) <= node.bin ? node.left : node.right;
  return node.value;
}
