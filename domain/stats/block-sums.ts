import type { BlockResamples } from './block-resamples.js';

/**
 * Sums of some quantities over the rows of each block. Whatever is a function of such sums (a mean loss, precision,
 * R2) can be resampled over blocks instead of rows. `sums` is row-major: `width` numbers a block.
 */
export interface BlockSums {
  /** Ids of the blocks that have rows here. */
  readonly blocks: Int32Array;
  readonly width: number;
  readonly sums: Float64Array;
}

/**
 * Adds up `width` quantities of every row under its block.
 *
 * @param block the block id of each row, 0 or more
 * @param addRow adds the quantities of row `row` to `sums` from index `at` on
 * @returns the sums of the blocks that occur, in order of first appearance; cost O(rows)
 * @example sumByBlock(Int32Array.of(0, 4, 0), 1, (sums, at, row) => { sums[at] += row; }) // block 0: 2, block 4: 1
 */
export function sumByBlock(
  block: Int32Array,
  width: number,
  addRow: (sums: Float64Array, at: number, row: number) => void,
): BlockSums {
  const blocks = Int32Array.from(new Set(block));
  const place = new Int32Array(blocks.reduce((most, id) => Math.max(most, id + 1), 0));
  blocks.forEach((id, index) => {
    place[id] = index;
  });
  const sums = new Float64Array(blocks.length * width);
  for (let row = 0; row < block.length; row++) addRow(sums, (place[block[row] ?? 0] ?? 0) * width, row);
  return { blocks, width, sums };
}

/** The sums over all blocks together: `width` numbers. */
export function totalOf(table: BlockSums): Float64Array {
  const total = new Float64Array(table.width);
  for (let at = 0; at < table.sums.length; at++) {
    const column = at % table.width;
    total[column] = (total[column] ?? 0) + (table.sums[at] ?? 0);
  }
  return total;
}

/**
 * The sums of each resample: one array of `width` numbers a resample; cost O(resamples x blocks x width).
 * A resample that drew no block with rows here is all zero.
 */
export function resampledTotals(
  table: BlockSums,
  { weights, blocks, resamples }: BlockResamples,
): Float64Array[] {
  const { width, sums } = table;
  return Array.from({ length: resamples }, (_, resample) => {
    const total = new Float64Array(width);
    for (let index = 0; index < table.blocks.length; index++) {
      const weight = weights[resample * blocks + (table.blocks[index] ?? 0)] ?? 0;
      if (weight === 0) continue;
      const at = index * width;
      for (let column = 0; column < width; column++) {
        total[column] = (total[column] ?? 0) + weight * (sums[at + column] ?? 0);
      }
    }
    return total;
  });
}
