import { type UndefinedMetric, undefinedMetric } from '../metrics/metric-value.js';
import { quantileOfSorted } from '../stats/quantile.js';
import { sampleIndices } from '../stats/sample-indices.js';
import type { Random } from '../stats/seeded-random.js';
import { sortedNumbers } from '../stats/sorted-numbers.js';
import { growIsolationTree, type IsolationTree, isolationDepth } from './isolation-tree.js';
import { meanSearchDepth } from './mean-search-depth.js';
import { columnsNamed, rowCount } from './row-count.js';

/** Trees that cut rows apart at random: what is cut off early is an outlier. JSON-safe. */
export interface IsolationForest {
  readonly kind: 'isolationForest';
  readonly columns: readonly string[];
  /** What null counts as: the median of each column in the reference. */
  readonly medians: readonly number[];
  /** Rows that each tree was grown from. */
  readonly sampleSize: number;
  readonly trees: readonly IsolationTree[];
}

/** A score above it is an outlier: its rows are cut off sooner than in data without any structure. */
export const isolationCutoff = 0.5;

const treeCount = 100;
const mostSampleRows = 256;

/**
 * Grows 100 trees, each from at most 256 rows drawn without replacement and no deeper than the logarithm of those.
 *
 * @param reference numeric columns of equal length; NaN (null) and infinities count as the median; a constant is never
 *   cut
 * @param random decides the rows and the cuts; the same seed gives the same forest
 * @returns a reason with fewer than 2 rows or no columns
 * @throws RangeError where columns differ in length
 * Source: Liu, Ting and Zhou, ICDM 2008.
 */
export function fitIsolationForest(
  reference: Readonly<Record<string, Float64Array>>,
  random: Random,
): IsolationForest | UndefinedMetric {
  const entries = Object.entries(reference);
  const rows = rowCount(reference);
  if (entries.length === 0) return undefinedMetric('there are no columns');
  if (rows < 2) return undefinedMetric(`${rows} rows cannot be cut apart, at least 2 are needed`);
  const medians = entries.map(([, values]) => medianOf(values));
  const columns = entries.map(([, values], at) =>
    values.map((value) => (Number.isFinite(value) ? value : (medians[at] ?? 0))),
  );
  const sampleSize = Math.min(mostSampleRows, rows);
  const trees = Array.from({ length: treeCount }, () =>
    growIsolationTree(columns, sampleIndices(rows, sampleSize, random), random),
  );
  return { kind: 'isolationForest', columns: entries.map(([name]) => name), medians, sampleSize, trees };
}

/**
 * `2^(-E[h(x)] / c(psi))` of each row: h is the depth at which it is cut off, c the mean depth of a search in a tree
 * of as many rows.
 *
 * @param rows by column, at least those of the forest; NaN counts as the median, infinities lie beyond every cut
 * @returns 0 (deep inside) to 1 (alone) a row
 * @throws RangeError where a column of the forest is missing, or columns differ in length
 */
export function isolationScores(
  forest: IsolationForest,
  rows: Readonly<Record<string, Float64Array>>,
): Float64Array {
  const columns = columnsNamed(rows, forest.columns).map((values, at) =>
    values.map((value) => (Number.isNaN(value) ? (forest.medians[at] ?? 0) : value)),
  );
  const norm = forest.trees.length * meanSearchDepth(forest.sampleSize);
  const depths = new Float64Array(columns[0]?.length ?? 0);
  for (const tree of forest.trees)
    for (let row = 0; row < depths.length; row++)
      depths[row] = (depths[row] ?? 0) + isolationDepth(tree, columns, row);
  return depths.map((depth) => 2 ** (-depth / norm));
}

function medianOf(values: Float64Array): number {
  const ascending = sortedNumbers(values).values;
  return ascending.length === 0 ? 0 : quantileOfSorted(ascending, 0.5);
}
