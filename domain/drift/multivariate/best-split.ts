import { type BinnedTable, mostBins } from './binned-table.js';

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

/** A row goes left where its bin in `column` is at most `bin`; `gain` is how much that lowers the loss. */
export interface Split {
  readonly column: number;
  readonly bin: number;
  readonly gain: number;
}

/**
 * The best split of some rows over all columns and bins, by a histogram a column.
 *
 * @param totals gradient and curvature of all of them
 * @returns undefined where none gains anything and leaves enough rows on either side
 */
export function bestSplit(
  table: BinnedTable,
  rows: Uint32Array,
  slopes: Slopes,
  { leastLeafRows, penalty }: TreeOptions,
  totals: readonly [number, number],
): Split | undefined {
  const [gradient, curvature] = totals;
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
