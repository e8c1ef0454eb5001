import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { PredictRows } from '../http/predict/predict-body.js';

/** Rows one by one, whichever way a body has them. Error: `REQUEST_INVALID` where columns have different lengths. */
export function rowsOfBody(body: PredictRows): readonly unknown[] {
  if (body.kind === 'rows') return body.rows;
  const columns = Object.entries(body.columns);
  const [first] = columns;
  const length = first?.[1].length ?? 0;
  const other = columns.find(([, column]) => column.length !== length);
  if (other !== undefined) {
    const text = `column "${other[0].slice(0, 80)}" has ${other[1].length} rows, column "${first?.[0].slice(0, 80)}" has ${length}`;
    throw new RatchetError('REQUEST_INVALID', text);
  }
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, column[row]])),
  );
}
