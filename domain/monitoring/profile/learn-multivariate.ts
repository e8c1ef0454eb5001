import type { Columns } from '../column-values.js';
import { calibratedWindows, learnThreshold } from '../learned-threshold.js';
import {
  floorOf,
  type MultivariateMethod,
  type MultivariateReference,
  multivariateMeasure,
} from '../multivariate.js';
import { takeTable } from './take-rows.js';

/**
 * Windows that are told apart from the rest, the furthest first. For trees each costs as much as a window of the watch, and
 * those whose columns lie furthest are those that trees tell best. A discrepancy costs little, and is spread over all columns.
 */
const mostWindows: Readonly<Record<MultivariateMethod, number>> = { classifier: 2, mmd: calibratedWindows };

/** Rows of a clean window, and those that they are told from. */
export type WindowBeside = readonly [others: Columns, window: Columns];

/**
 * The largest measure by which a clean window is told from other rows, and at least what matters.
 *
 * @param furthestFirst clean windows, the one with the largest distance of a column first
 * @param windows how many there are
 */
export function learnMultivariate(
  method: MultivariateMethod,
  furthestFirst: Iterable<WindowBeside>,
  windows: number,
): MultivariateReference {
  const measures: number[] = [];
  let looked = 0;
  for (const [others, window] of furthestFirst) {
    if (looked === mostWindows[method]) break;
    looked += 1;
    const measure = multivariateMeasure(method, others, window);
    if (measure !== null) measures.push(measure);
  }
  const { limit } = learnThreshold(measures, floorOf[method]);
  return { method, limit, windows, isCalibrated: windows >= calibratedWindows };
}

/**
 * Windows of a reference, each beside the kept rows of all others.
 *
 * @param furthest ordinals of the windows in the order in which they are given
 */
export function* besideOthers(
  columns: Columns,
  windows: readonly Int32Array[],
  { sample, furthest }: { readonly sample: Uint32Array; readonly furthest: readonly number[] },
): Generator<WindowBeside> {
  for (const ordinal of furthest) {
    const rows = windows[ordinal] ?? new Int32Array();
    const own = new Set(rows);
    const others = sample.filter((row) => !own.has(row));
    yield [takeTable(columns, others), takeTable(columns, rows)];
  }
}
