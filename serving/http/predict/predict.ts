import { randomUUID } from 'node:crypto';
import { type Answer, answerJsonText, type Call, withPredictionId } from '../call.js';
import { eventAtOf } from '../event-header.js';
import { HttpRefusal } from '../http-refusal.js';
import { parseJsonBytes } from '../read-json.js';
import { answerLines } from './answer-lines.js';
import { readInstances, readPredictBody } from './predict-body.js';
import { predictRows, type Target } from './predict-rows.js';
import { streamPredictions } from './stream-predictions.js';

/** `POST /predict`: the model that the server is for. */
export function predictDefault(call: Call): Promise<Answer> {
  return predictWith(call, defaultTarget(call));
}

/** @throws HttpRefusal 404 where the server has no model of its own. */
export function defaultTarget(call: Call): Target {
  const { signal } = call;
  const model = call.plane.defaultModel;
  if (model !== null) return { model, version: null, signal, eventAt: eventAtOf(call) };
  throw new HttpRefusal(404, 'this server has no default model, ask /v2/models/{model}/predict');
}

/** `POST /v2/models/{model}/predict`. */
export function predict(call: Call): Promise<Answer> {
  return predictWith(call, targetOf(call));
}

/** `POST /v1/models/{model}:predict` as KServe and TensorFlow Serving have it. */
export async function predictInstances(call: Call): Promise<Answer> {
  const rows = readInstances(parseJsonBytes(await call.body()));
  const { texts, predictionId } = await predictRows(call.plane, targetOf(call), { kind: 'rows', rows });
  return withPredictionId(answerJsonText(`{"predictions":[${texts.join(',')}]}`), predictionId);
}

async function predictWith(call: Call, target: Target): Promise<Answer> {
  if (isStream(call)) {
    // An unknown model is told before the stream begins.
    call.plane.find(target.model, target.version);
    return streamPredictions(call, (lines) => answerLines(call.plane, target, lines));
  }
  const { rows, id } = readPredictBody(parseJsonBytes(await call.body()));
  const asked = { ...target, requestId: id ?? undefined };
  const { texts, model, version, predictionId } = await predictRows(call.plane, asked, rows);
  const facts = JSON.stringify({
    ...{ model_name: model, model_version: version, id: id ?? randomUUID() },
    prediction_id: predictionId,
  });
  const answer = answerJsonText(`{"predictions":[${texts.join(',')}],${facts.slice(1)}`);
  return withPredictionId(answer, predictionId);
}

/** Whether rows come line by line. */
export function isStream({ request }: Call): boolean {
  return /^application\/(x-)?ndjson\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

const targetOf = (call: Call): Target => ({
  model: call.names['model'] ?? '',
  version: call.names['version'] ?? null,
  signal: call.signal,
  eventAt: eventAtOf(call),
});
