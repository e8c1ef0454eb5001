import type { ColumnValues } from '../column-values.js';
import type { Frozen } from './column-distance.js';
import { columnDistance } from './column-distance.js';
import { takeRows } from './take-rows.js';

/** Distance of each window's rows to a frozen column; null where it cannot be told. */
export function windowDistances(
  frozen: Frozen,
  column: ColumnValues,
  windows: readonly Int32Array[],
): readonly (number | null)[] {
  return windows.map((rows) => {
    const distance = columnDistance(frozen, takeRows(column, rows));
    return distance.kind === 'distance' ? distance.value : null;
  });
}
