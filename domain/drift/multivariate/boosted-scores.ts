import type { Slopes } from './best-split.js';
import type { BinnedTable } from './binned-table.js';
import { growTree, treeValue } from './grow-tree.js';

/** Small trees, many of them: depth 3 sees what three columns say together. */
const rounds = 60;
const stepSize = 0.15;
const options = { depth: 3, leastLeafRows: 20, penalty: 1 } as const;

/**
 * Scores rows with gradient-boosted trees under the logistic loss, trained on others. The label of a row is 1 from row
 * `firstPositive` on.
 *
 * @param training rows to learn from
 * @param asked rows to score
 * @param gains of each column, added to
 * @returns one score (log odds) for each asked row
 * Source: Friedman, Annals of Statistics 2001.
 */
export function boostedScores(
  table: BinnedTable,
  firstPositive: number,
  training: Uint32Array,
  asked: Uint32Array,
  gains: Float64Array,
): Float64Array {
  const rows = Uint32Array.from(training);
  const scores = new Float64Array(table.rows);
  scores.fill(startingScore(training, firstPositive));
  const slopes: Slopes = {
    gradient: new Float64Array(table.rows),
    curvature: new Float64Array(table.rows),
  };
  const addGain = (column: number, gain: number) => {
    gains[column] = (gains[column] ?? 0) + gain;
  };
  for (let round = 0; round < rounds; round++) {
    setSlopes(slopes, scores, training, firstPositive);
    const tree = growTree(table, rows, slopes, options, addGain);
    for (const part of [training, asked])
      for (let at = 0; at < part.length; at++) {
        const row = part[at] ?? 0;
        scores[row] = (scores[row] ?? 0) + stepSize * treeValue(tree, table, row);
      }
  }
  return Float64Array.from(asked, (row) => scores[row] ?? 0);
}

function startingScore(training: Uint32Array, firstPositive: number): number {
  const positives = training.reduce((sum, row) => sum + (row >= firstPositive ? 1 : 0), 0);
  return Math.log(positives / (training.length - positives));
}

function setSlopes(
  { gradient, curvature }: Slopes,
  scores: Float64Array,
  training: Uint32Array,
  firstPositive: number,
): void {
  for (let at = 0; at < training.length; at++) {
    const row = training[at] ?? 0;
    const probability = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
    gradient[row] = probability - (row >= firstPositive ? 1 : 0);
    curvature[row] = probability * (1 - probability);
  }
}
