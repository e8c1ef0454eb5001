import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

export const columnNames = Array.from({ length: 20 }, (_, at) => `c${at}`);
/** Columns that are moved where any is. */
export const movedNames = columnNames.slice(0, 3);

/** The next so many rows; the first three columns moved by so many standard deviations. */
export type ColumnStream = (rows: number, shift?: number) => Record<string, ColumnValues>;

/** Rows of 20 normal columns without end. `phi` ties each row to the one before: 0 for not at all. */
export function columnStream(seed: number, phi: number): ColumnStream {
  const random = seededRandom(seed);
  const normal = () => normalDraw(random);
  const fresh = Math.sqrt(1 - phi * phi);
  const last = columnNames.map(normal);
  return (rows, shift = 0) => {
    const columns = columnNames.map(() => new Float64Array(rows));
    for (let row = 0; row < rows; row += 1)
      for (const [column, values] of columns.entries()) {
        const value = phi * (last[column] ?? 0) + fresh * normal();
        last[column] = value;
        values[row] = value + (column < movedNames.length ? shift : 0);
      }
    return Object.fromEntries(
      columns.map((values, column) => [columnNames[column], { kind: 'numeric', values } as const]),
    );
  };
}
