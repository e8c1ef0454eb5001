import { tellsApart } from '../../drift/multivariate/domain-classifier.js';
import type { Columns } from '../column-values.js';
import { type LearnedThreshold, learnThreshold } from '../learned-threshold.js';
import { judgeMultivariate } from '../multivariate.js';
import { takeTable } from './take-rows.js';

/** Windows that are told apart from the rest: each costs as much as a window of the watch. */
export const mostWindows = 2;

/**
 * The largest area by which one of the reference's own windows is told from the rest of its rows, and at least .55. Only
 * the windows whose columns lie furthest are looked at: they are those that can be told apart best.
 *
 * @param sample rows of the reference that later windows are compared with
 * @param furthest ordinals of the windows, the one with the largest distance first
 */
export function learnMultivariate(
  columns: Columns,
  windows: readonly Int32Array[],
  { sample, furthest }: { readonly sample: Uint32Array; readonly furthest: readonly number[] },
): LearnedThreshold {
  const areas = furthest.slice(0, mostWindows).flatMap((ordinal) => {
    const rows = windows[ordinal] ?? new Int32Array();
    const own = new Set(rows);
    const others = sample.filter((row) => !own.has(row));
    const { auroc } = judgeMultivariate(takeTable(columns, others), takeTable(columns, rows));
    return auroc ?? [];
  });
  const { limit } = learnThreshold(areas, tellsApart);
  const { isCalibrated } = learnThreshold(furthest, 0);
  return { limit, windows: furthest.length, isCalibrated };
}
