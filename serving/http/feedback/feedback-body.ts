import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ToldFeedback } from '../../feedback/take-feedback.js';
import type { InferenceRequest } from '../../inference-request.js';
import { inferBodyShape } from '../infer/infer-body.js';
import { readInputs } from '../infer/read-inputs.js';
import { readParameters } from '../infer/request-parameters.js';
import { requireShape } from '../read-json.js';

const shortText = (error: string) => z.string({ error }).min(1, { error }).max(200, { error });
const rowWords = 'a row of the prediction, from 0 to 999999';
const entryShape = z.object(
  {
    id: shortText('the id of a prediction, of 1 to 200 characters').optional(),
    request: inferBodyShape.optional(),
    row: z.int({ error: rowWords }).min(0, { error: rowWords }).max(999_999, { error: rowWords }).optional(),
    truth: z.unknown().optional(),
    reward: z
      .union([z.number(), z.array(z.number().nullable()).readonly()], {
        error: 'a number, or a list with a number or null for each row',
      })
      .optional(),
    at: z
      .string({ error: 'a time as ISO 8601 has it' })
      .refine((text) => !Number.isNaN(Date.parse(text)), { error: 'a time as ISO 8601 has it' })
      .optional(),
    source: shortText('a name of 1 to 200 characters').optional(),
  },
  { error: 'an object with the id or the request of a prediction, and truth or reward' },
);

/** What of a model. */
type Asked = Pick<InferenceRequest, 'model' | 'version' | 'signal'>;

/**
 * One object or a list of them; where one has both, its id says which prediction it is of.
 * Error: `REQUEST_INVALID`, naming the place.
 */
export function readFeedbackBody(body: unknown, asked: Asked): readonly ToldFeedback[] {
  const entries: unknown[] = Array.isArray(body) ? body : [body];
  return entries.map((entry) => {
    const { id, request, ...facts } = requireShape(entryShape, entry);
    if (facts.row !== undefined && Array.isArray(facts.reward))
      throw new RatchetError('REQUEST_INVALID', 'reward is a list beside row: allowed is a number');
    if (id !== undefined) return { ...facts, of: { id } };
    if (request !== undefined) return { ...facts, of: { request: requestOf(request, asked) } };
    const message =
      'id is not what is asked for, allowed is the id of a prediction, of 1 to 200 characters, or none and its request';
    throw new RatchetError('REQUEST_INVALID', message);
  });
}

function requestOf(body: z.infer<typeof inferBodyShape>, asked: Asked): InferenceRequest {
  const inputs = readInputs(body.inputs, null);
  return { ...asked, ...readParameters(body), requestId: body.id, inputs, outputs: [] };
}
