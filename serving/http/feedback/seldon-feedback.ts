import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { requireShape } from '../read-json.js';
import type { FeedbackEntry } from './feedback-body.js';

const list = z.custom<readonly unknown[]>(Array.isArray, { error: 'a list with a value for each row' });
const messageShape = z.object({
  meta: z.object({ puid: z.string({ error: 'the id of a prediction' }).optional() }).optional(),
  data: z
    .object({
      ndarray: list.optional(),
      tensor: z.object({ shape: z.array(z.number()), values: list }).optional(),
    })
    .optional(),
});
const bodyShape = z.object(
  {
    response: messageShape.optional(),
    reward: z.number({ error: 'a number' }).optional(),
    truth: messageShape.optional(),
  },
  { error: 'an object with response, and truth or reward' },
);

/**
 * Feedback as Seldon sends it. The prediction is that of `response.meta.puid`, or of the header; a reward is of every row
 * that there is truth of, 0 too. Error: `REQUEST_INVALID`, naming the place.
 */
export function readSeldonFeedback(body: unknown, header: string | undefined): FeedbackEntry {
  const { response, reward, truth } = requireShape(bodyShape, body);
  const id = response?.meta?.puid ?? header;
  if (id === undefined || id.length === 0 || id.length > 200) {
    throw new RatchetError(
      'REQUEST_INVALID',
      'response.meta.puid is not what is asked for, allowed is the id of a prediction, of 1 to 200 characters',
    );
  }
  const truths = truth?.data === undefined ? undefined : rowsOf(truth.data);
  return {
    id,
    truth: truths,
    reward: reward === undefined ? undefined : (truths ?? [null]).map(() => reward),
  };
}

/** A row of one value is that value. */
function rowsOf({ ndarray, tensor }: NonNullable<z.infer<typeof messageShape>['data']>): readonly unknown[] {
  if (ndarray !== undefined) return ndarray.map(only);
  if (tensor === undefined) return [];
  const [rows = 0] = tensor.shape;
  const width = rows === 0 ? 0 : tensor.values.length / rows;
  if (!Number.isInteger(width)) {
    const { values, shape } = tensor;
    const text = `truth has ${values.length} values, which its shape [${shape.join(', ')}] does not divide into rows`;
    throw new RatchetError('REQUEST_INVALID', text);
  }
  return Array.from({ length: rows }, (_, row) => only(tensor.values.slice(row * width, (row + 1) * width)));
}

const only = (row: unknown): unknown => (Array.isArray(row) && row.length === 1 ? row[0] : row);
