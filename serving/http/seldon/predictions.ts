import type { TensorValue } from '../../../inference/codec/tensors.js';
import { answerText } from '../../application/answer-text.js';
import { answerTable, requireNumbers, rowsOfColumns } from '../../seldon/answer-columns.js';
import { predictMessage, type SeldonPrediction } from '../../seldon/predict-message.js';
import type { SeldonMessage } from '../../seldon/seldon-message.js';
import { elementTexts } from '../../tensors/json-text.js';
import { type Answer, answerJsonText, type Call, withPredictionId } from '../call.js';
import { defaultTarget } from '../predict/predict.js';
import { predictionTexts } from '../predict/prediction-texts.js';
import { parseJsonBytes } from '../read-json.js';
import { readSeldonMessage } from './seldon-body.js';

/** `POST /api/v1.0/predictions` as Seldon has it, of the model that the server is for. */
export async function seldonPredictions(call: Call): Promise<Answer> {
  const { model, signal } = defaultTarget(call);
  const sent = readSeldonMessage(parseJsonBytes(await call.body()));
  const message = { ...sent, puid: sent.puid ?? puidOf(call) };
  const prediction = await predictMessage(call.plane, { model, signal }, message);
  const { answer, puid } = prediction;
  const requestPath = { [answer.model]: answer.version };
  const meta = { puid, tags: message.tags, routing: {}, requestPath };
  const told = answerJsonText(`{"meta":${answerText(meta)},${contentText(message, prediction)}}`);
  const { predictionId } = answer;
  if (predictionId === undefined) return told;
  return withPredictionId(
    { ...told, headers: { ...told.headers, 'seldon-puid': predictionId } },
    predictionId,
  );
}

/** The header in which Seldon's clients say what they call a request. */
export function puidOf({ request }: Call): string | undefined {
  const puid = request.headers['seldon-puid'];
  return Array.isArray(puid) ? puid[0] : puid;
}

/** In the form in which the request came; a text and bytes are answered as a table. */
function contentText({ content }: SeldonMessage, { answer: { outputs }, rows }: SeldonPrediction): string {
  if (content.kind === 'json')
    return `"jsonData":{"predictions":[${predictionTexts(outputs, rows).join(',')}]}`;
  const table = answerTable(outputs, rows);
  const names = `"names":${JSON.stringify(table.names)}`;
  if (content.kind === 'tensor') {
    requireNumbers(table);
    const values = rowsOfColumns(table, numberTexts).flat();
    const shape = JSON.stringify([rows, table.names.length]);
    return `"data":{${names},"tensor":{"shape":${shape},"values":[${values.join(',')}]}}`;
  }
  const ndarray = rowsOfColumns(table, elementTexts).map((row) => `[${row.join(',')}]`);
  return `"data":{${names},"ndarray":[${ndarray.join(',')}]}`;
}

/** A truth value is 1 or 0. */
function numberTexts(output: TensorValue): readonly string[] {
  return output.type === 'bool' ? Array.from(output.data as Uint8Array, String) : elementTexts(output);
}
