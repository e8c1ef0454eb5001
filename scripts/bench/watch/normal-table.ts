import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

type NormalTable = Record<string, Extract<ColumnValues, { kind: 'numeric' }>>;

const names = Array.from({ length: 20 }, (_, at) => `c${at}`);

/** Tables of 20 independent normal columns, of which three may be moved by some standard deviations. */
export function normalTable(seed: number): (rows: number, shift?: number) => NormalTable {
  const random = seededRandom(seed);
  const normal = () => normalDraw(random);
  return (rows, shift = 0) =>
    Object.fromEntries(
      names.map((name, column) => {
        const values = new Float64Array(rows);
        for (let row = 0; row < rows; row += 1) values[row] = normal() + (column < 3 ? shift : 0);
        return [name, { kind: 'numeric', values }];
      }),
    );
}
