import { bearerToken } from '../../feedback/source-tokens.js';
import { type ToldFeedback, takeFeedback } from '../../feedback/take-feedback.js';
import { type Answer, answerJson, type Call } from '../call.js';
import { HttpRefusal } from '../http-refusal.js';
import { defaultTarget } from '../predict/predict.js';
import { parseJsonBytes } from '../read-json.js';
import { readFeedbackBody } from './feedback-body.js';
import { sourceOf } from './feedback-source.js';
import { readSeldonFeedback } from './seldon-feedback.js';

/** `POST /v2/models/{model}/feedback` and `POST /v1/models/{model}:feedback`. */
export async function feedback(call: Call): Promise<Answer> {
  const { model, version } = call.plane.find(call.names['model'] ?? '', null);
  const asked = { model, version, signal: call.signal };
  return answerJson(await take(call, readFeedbackBody(parseJsonBytes(await call.body()), asked)));
}

/** `POST /api/v1.0/feedback` in the shape of Seldon. */
export async function seldonFeedback(call: Call): Promise<Answer> {
  const body = parseJsonBytes(await call.body());
  const told = readSeldonFeedback(call, () => defaultTarget(call), body);
  const taken = await take(call, [told]);
  return answerJson({ meta: { puid: 'id' in told.of ? told.of.id : taken.completed?.[0] }, ...taken });
}

async function take({ plane, request }: Call, told: readonly ToldFeedback[]) {
  if (plane.takeFeedback === undefined) {
    throw new HttpRefusal(501, 'this server records no predictions, so that nothing can be told of them');
  }
  return await takeFeedback(plane, plane.takeFeedback, {
    told: told.map((one) => ({ ...one, source: one.source ?? sourceOf(request) })),
    token: bearerToken(request.headers.authorization),
  });
}
