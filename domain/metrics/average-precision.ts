import type { BlockResamples } from '../stats/block-resamples.js';
import type { ScoreGroups } from './score-groups.js';

/**
 * The area under the precision-recall curve as average precision: the sum over thresholds of the precision there
 * times the recall gained there. No interpolation; equal to scikit-learn's `average_precision_score`.
 *
 * @param groups with at least one positive row
 * @returns 0..1; the share of positive rows is what a constant score gets
 * @example scores .1 .4 .35 .8 of labels 0 0 1 1 give 0.8333
 */
export function averagePrecision(groups: ScoreGroups): number {
  let area = 0;
  let before = 0;
  groups.truePositives.forEach((truePositives, group) => {
    area +=
      ((truePositives - before) * truePositives) / (truePositives + (groups.falsePositives[group] ?? 0));
    before = truePositives;
  });
  return area / groups.positives;
}

/**
 * The average precision of each resample of blocks. The order of the rows does not change when rows are drawn more
 * often or not at all, so that each resample is one walk over the sorted rows: O(resamples x rows).
 *
 * @returns one number a resample; undefined where no positive row was drawn
 */
export function resampledAveragePrecision(
  groups: ScoreGroups,
  label: Float64Array,
  block: Int32Array,
  { blocks, resamples, weights }: BlockResamples,
): (number | undefined)[] {
  const rows: SortedRows = {
    block: Int32Array.from(groups.order, (row) => block[row] ?? 0),
    positive: Uint8Array.from(groups.order, (row) => label[row] ?? 0),
    closes: new Uint8Array(groups.order.length),
  };
  for (const end of groups.ends) rows.closes[end - 1] = 1;
  return Array.from({ length: resamples }, (_, resample) =>
    weightedAveragePrecision(rows, weights.subarray(resample * blocks, (resample + 1) * blocks)),
  );
}

/** Rows in descending order of score, in flat arrays: this is the one loop that runs resamples x rows times. */
interface SortedRows {
  readonly block: Int32Array;
  readonly positive: Uint8Array;
  /** 1 at the last row of each score. */
  readonly closes: Uint8Array;
}

function weightedAveragePrecision(
  { block, positive, closes }: SortedRows,
  weights: Uint16Array,
): number | undefined {
  let area = 0;
  let truePositives = 0;
  let before = 0;
  let predicted = 0;
  for (let place = 0; place < block.length; place++) {
    const weight = weights[block[place] ?? 0] ?? 0;
    predicted += weight;
    // Without a branch on the label, which the processor could only guess.
    truePositives += weight * (positive[place] ?? 0);
    if (closes[place] === 1 && predicted > 0) {
      area += ((truePositives - before) * truePositives) / predicted;
      before = truePositives;
    }
  }
  return truePositives === 0 ? undefined : area / truePositives;
}
