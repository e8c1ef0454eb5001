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
 * @param furthestFirst what gives clean windows, the one with the largest distance of a column first
 */
export function learnMultivariate(
  method: MultivariateMethod,
  furthestFirst: readonly (() => WindowBeside)[],
): MultivariateReference {
  const measures = furthestFirst
    .slice(0, mostWindows[method])
    .flatMap((windowOf) => multivariateMeasure(method, ...windowOf()) ?? []);
  const { limit } = learnThreshold(measures, floorOf[method]);
  const windows = furthestFirst.length;
  return { method, limit, windows, isCalibrated: windows >= calibratedWindows };
}

/** Rows of a window of the reference, beside the kept rows of all others. */
export function besideOthers(columns: Columns, window: Int32Array, sample: Uint32Array): WindowBeside {
  const own = new Set(window);
  const others = sample.filter((row) => !own.has(row));
  return [takeTable(columns, others), takeTable(columns, window)];
}
