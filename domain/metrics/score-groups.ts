import { sortOrder } from '../stats/sort-order.js';
import { noRows } from './metric-value.js';

/**
 * Rows in descending order of score, cut into groups of equal score. A threshold can only lie between groups, so
 * that the ROC curve, the precision-recall curve and the best threshold are all walks over them.
 */
export interface ScoreGroups {
  /** Row indices from the highest score to the lowest. */
  readonly order: Uint32Array;
  /** For each group, the place in `order` after its last row. */
  readonly ends: Uint32Array;
  /** The score of each group. */
  readonly scores: Float64Array;
  /** Positive rows with at least the score of the group. */
  readonly truePositives: Float64Array;
  /** Negative rows with at least the score of the group. */
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Sorts and groups rows; cost O(n log n).
 *
 * @param label 1 for positive rows, else 0
 * @param score finite numbers, one a row, higher meaning more likely positive
 */
export function groupByScore(label: Float64Array, score: Float64Array): ScoreGroups {
  const order = sortOrder(score).reverse();
  const ends: number[] = [];
  const truePositives: number[] = [];
  let positives = 0;
  for (let place = 0; place < order.length; place++) {
    const row = order[place] ?? 0;
    positives += label[row] ?? 0;
    const next = order[place + 1];
    if (next !== undefined && score[next] === score[row]) continue;
    ends.push(place + 1);
    truePositives.push(positives);
  }
  return {
    order,
    ends: Uint32Array.from(ends),
    scores: Float64Array.from(ends, (end) => score[order[end - 1] ?? 0] ?? 0),
    truePositives: Float64Array.from(truePositives),
    falsePositives: Float64Array.from(ends, (end, group) => end - (truePositives[group] ?? 0)),
    positives,
    negatives: order.length - positives,
  };
}

/** Why what compares classes has no value, or undefined when both classes have rows. */
export function missingClass(groups: { positives: number; negatives: number }): string | undefined {
  if (groups.positives + groups.negatives === 0) return noRows;
  if (groups.positives === 0) return 'no row is positive: only one class is there';
  if (groups.negatives === 0) return 'every row is positive: only one class is there';
  return undefined;
}
