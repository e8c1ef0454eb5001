import { randomUUID } from 'node:crypto';
import { type Answer, answerJsonText, type Call } from '../call.js';
import { HttpRefusal } from '../http-refusal.js';
import { parseJsonBytes } from '../read-json.js';
import { readInstances, readPredictBody } from './predict-body.js';
import { predictRows, type Target } from './predict-rows.js';
import { streamPredictions } from './stream-predictions.js';

/** `POST /predict`: the model that the server is for. */
export function predictDefault(call: Call): Promise<Answer> {
  const model = call.plane.defaultModel;
  if (model === null) {
    throw new HttpRefusal(404, 'this server has no default model, ask /v2/models/{model}/predict');
  }
  return predictWith(call, { model, version: null, signal: call.signal });
}

/** `POST /v2/models/{model}/predict`. */
export function predict(call: Call): Promise<Answer> {
  return predictWith(call, targetOf(call));
}

/** `POST /v1/models/{model}:predict` as KServe and TensorFlow Serving have it. */
export async function predictInstances(call: Call): Promise<Answer> {
  const rows = readInstances(parseJsonBytes(await call.body()));
  const { texts } = await predictRows(call.plane, targetOf(call), { kind: 'rows', rows });
  return answerJsonText(`{"predictions":[${texts.join(',')}]}`);
}

async function predictWith(call: Call, target: Target): Promise<Answer> {
  if (isStream(call.request.headers['content-type'])) return streamPredictions(call, target);
  const { rows, id } = readPredictBody(parseJsonBytes(await call.body()));
  const { texts, model, version } = await predictRows(call.plane, target, rows);
  const facts = JSON.stringify({ model_name: model, model_version: version, id: id ?? randomUUID() });
  return answerJsonText(`{"predictions":[${texts.join(',')}],${facts.slice(1)}`);
}

function isStream(contentType: string | undefined): boolean {
  return /^application\/(x-)?ndjson\s*(;|$)/i.test(contentType ?? '');
}

const targetOf = ({ names, signal }: Call): Target => ({
  model: names['model'] ?? '',
  version: names['version'] ?? null,
  signal,
});
