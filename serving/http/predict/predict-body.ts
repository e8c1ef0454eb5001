import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { requireShape } from '../read-json.js';

/** Rows one by one, or columns by the names of inputs. */
export type PredictRows =
  | { readonly kind: 'rows'; readonly rows: readonly unknown[] }
  | { readonly kind: 'columns'; readonly columns: Readonly<Record<string, readonly unknown[]>> };

export interface PredictBody {
  readonly rows: PredictRows;
  /** Told again in the answer; null where none came. */
  readonly id: string | null;
}

// There may be many rows, and each is read by the inputs of the model.
const list = (error: string) => z.custom<readonly unknown[]>(Array.isArray, { error });
const instancesShape = z.object({
  instances: list('a list of rows'),
  id: z.string({ error: 'a text' }).optional(),
});
const columnsShape = z.record(z.string(), list('a list with a value for each row'), {
  error: 'a list of rows, an object with instances, or an object of columns',
});

/** Error: `REQUEST_INVALID` where a body is neither a list of rows, nor `{"instances": [...]}`, nor an object of columns. */
export function readPredictBody(body: unknown): PredictBody {
  if (Array.isArray(body)) return { rows: { kind: 'rows', rows: body }, id: null };
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, 'instances')) {
    const { instances, id = null } = requireShape(instancesShape, body);
    return { rows: { kind: 'rows', rows: instances }, id };
  }
  const columns = requireShape(columnsShape, body);
  if (Object.keys(columns).length > 0) return { rows: { kind: 'columns', columns }, id: null };
  throw new RatchetError('REQUEST_INVALID', 'the body is an object without columns');
}

/** Error: `REQUEST_INVALID` where a body has no `instances`. */
export function readInstances(body: unknown): readonly unknown[] {
  return requireShape(instancesShape, body).instances;
}
