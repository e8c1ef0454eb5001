import { leastDriftRows } from '../../drift/sample-rules.js';
import { quantileOfSorted } from '../../stats/quantile.js';
import type { Columns } from '../column-values.js';
import { fitOutliers, type OutlierMethod, outlierScores } from '../outlier-model.js';
import type { OutlierReference } from '../outliers.js';
import { spreadRows, takeTable } from './take-rows.js';

/** Rows that are scored. */
const mostScored = 10_000;
/** The rows that lie furthest out: so many of the reference are outliers by definition. */
const outlierShare = 0.01;

/**
 * Finds how alone the rows of a reference are by a model of some of them, scored on others where there are enough.
 *
 * @param sample rows that are kept, and that the model is made of
 * @returns null without numeric inputs that vary, and for a reference of fewer than 200 rows or as many columns as kept rows
 */
export function learnOutliers(
  method: OutlierMethod,
  columns: Columns,
  windows: readonly Int32Array[],
  sample: Uint32Array,
): OutlierReference | null {
  const numeric = Object.entries(columns).filter(([, { kind }]) => kind === 'numeric');
  const names = numeric.map(([name]) => name);
  const allRows = numeric[0]?.[1].values.length ?? 0;
  if (allRows < leastDriftRows) return null;
  const of = (rows: ArrayLike<number>): Columns => takeTable(Object.fromEntries(numeric), rows);
  const model = fitOutliers(method, of(sample), names);
  if (model === null) return null;
  const kept = new Set(sample);
  const others = Array.from({ length: allRows }, (_, row) => row).filter((row) => !kept.has(row));
  const scored = spreadRows(others.length >= leastDriftRows ? others : sample, mostScored);
  const scores = outlierScores(model, of(scored));
  const cutoff = quantileOfSorted(scores.toSorted(), 1 - outlierShare);
  const isOut = new Map(Array.from(scored, (row, at) => [row, (scores[at] ?? 0) > cutoff] as const));
  const outliers = [...isOut.values()].filter(Boolean).length;
  return {
    ...{ method, columns: names, cutoff, usual: { outliers, rows: scored.length } },
    largestShare: Math.max(0, ...windows.map((rows) => shareOf(rows, isOut))),
  };
}

function shareOf(rows: Int32Array, isOut: ReadonlyMap<number, boolean>): number {
  const known = Array.from(rows).flatMap((row) => isOut.get(row) ?? []);
  return known.length < leastDriftRows ? 0 : known.filter(Boolean).length / known.length;
}
