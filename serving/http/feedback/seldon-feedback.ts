import { z } from 'zod';
import type { ToldFeedback } from '../../feedback/take-feedback.js';
import type { SeldonTarget } from '../../seldon/predict-message.js';
import { toldOf } from '../../seldon/seldon-feedback.js';
import type { Call } from '../call.js';
import { requireShape } from '../read-json.js';
import { puidOf } from '../seldon/predictions.js';
import { contentOf, messageShape } from '../seldon/seldon-body.js';

const bodyShape = z.object(
  {
    request: messageShape.nullish(),
    response: messageShape.nullish(),
    reward: z.number({ error: 'a number' }).optional(),
    truth: messageShape.nullish(),
  },
  { error: 'an object with response or request, and truth or reward' },
);

/** Feedback as Seldon sends it; the id may be that of the header. Error: `REQUEST_INVALID`, naming the place. */
export function readSeldonFeedback(call: Call, target: () => SeldonTarget, body: unknown): ToldFeedback {
  const { request, response, reward, truth } = requireShape(bodyShape, body);
  return toldOf(call.plane, target, {
    puid: response?.meta?.puid ?? puidOf(call),
    request: request == null ? null : contentOf(request),
    truth: truth == null ? null : contentOf(truth),
    reward,
  });
}
