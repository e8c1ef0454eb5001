import { type UndefinedMetric, undefinedMetric } from '../metrics/metric-value.js';
import { sortOrder } from '../stats/sort-order.js';
import type { EstimatedMetric } from './estimated-metric.js';

/**
 * The area under the ROC curve where row i is positive with probability `p_i`:
 * `sum p_i (1 - p_j) [s_i > s_j] / (sum p_i sum (1 - p_j))`, ties counting half; a row is not compared with itself.
 * Its error is DeLong's, each row weighted by how probably it is of a class.
 *
 * @param probability calibrated, 0..1
 * @param score orders the rows, one a row
 * @returns a reason where one class is not expected at all
 */
export function expectedRocAuc(
  probability: Float64Array,
  score: Float64Array,
): EstimatedMetric | UndefinedMetric {
  const n = probability.length;
  const positives = probability.reduce((sum, p) => sum + p, 0);
  const negatives = n - positives;
  if (!(positives > 0 && negatives > 0)) return undefinedMetric('only one class is expected');
  const { negativesBelow, positivesAbove } = placements(probability, score, positives);
  let pairs = 0;
  let won = 0;
  for (let row = 0; row < n; row++) {
    const p = probability[row] ?? 0;
    pairs += p * (negatives - (1 - p));
    won += p * (negativesBelow[row] ?? 0);
  }
  if (!(pairs > 0)) return undefinedMetric('only one class is expected');
  const value = won / pairs;
  let ofPositives = 0;
  let ofNegatives = 0;
  for (let row = 0; row < n; row++) {
    const p = probability[row] ?? 0;
    ofPositives += p * ((negativesBelow[row] ?? 0) / negatives - value) ** 2;
    ofNegatives += (1 - p) * ((positivesAbove[row] ?? 0) / positives - value) ** 2;
  }
  const variance = ofPositives / positives ** 2 + ofNegatives / negatives ** 2;
  return { kind: 'value', value, standardError: Math.sqrt(variance), n };
}

/** For each row, the expected negatives below it and positives above it among the others, half of its ties included. */
function placements(probability: Float64Array, score: Float64Array, positives: number) {
  const order = sortOrder(score);
  const negativesBelow = new Float64Array(order.length);
  const positivesAbove = new Float64Array(order.length);
  let below = 0;
  let above = positives;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tied = 0;
    while (end < order.length && score[order[end] ?? 0] === score[order[start] ?? 0]) {
      tied += probability[order[end] ?? 0] ?? 0;
      end++;
    }
    above -= tied;
    for (let place = start; place < end; place++) {
      const row = order[place] ?? 0;
      const p = probability[row] ?? 0;
      negativesBelow[row] = below + (end - start - tied - (1 - p)) / 2;
      positivesAbove[row] = above + (tied - p) / 2;
    }
    below += end - start - tied;
    start = end;
  }
  return { negativesBelow, positivesAbove };
}
