import { type Answer, answerJson, type Call } from '../call.js';
import { HttpRefusal } from '../http-refusal.js';
import { parseJsonBytes } from '../read-json.js';
import { type FeedbackEntry, feedbackRows, readFeedbackBody } from './feedback-body.js';
import { readSeldonFeedback } from './seldon-feedback.js';

/** `POST /v2/models/{model}/feedback` and `POST /v1/models/{model}:feedback`. */
export async function feedback(call: Call): Promise<Answer> {
  call.plane.find(call.names['model'] ?? '', null);
  return answerJson(await take(call, readFeedbackBody(parseJsonBytes(await call.body()))));
}

/** `POST /api/v1.0/feedback` in the shape of Seldon. */
export async function seldonFeedback(call: Call): Promise<Answer> {
  const puid = call.request.headers['seldon-puid'];
  const entry = readSeldonFeedback(parseJsonBytes(await call.body()), Array.isArray(puid) ? puid[0] : puid);
  return answerJson({ meta: { puid: entry.id }, ...(await take(call, [entry])) });
}

async function take({ plane }: Call, entries: readonly FeedbackEntry[]) {
  if (plane.takeFeedback === undefined) {
    throw new HttpRefusal(501, 'this server records no predictions, so that nothing can be told of them');
  }
  return await plane.takeFeedback(feedbackRows(entries, new Date().toISOString()));
}
