import type { Answer, Call } from '../call.js';
import { eventAtOf } from '../event-header.js';
import { parseJsonBytes, requireShape } from '../read-json.js';
import { type InferBody, inferBodyShape } from './infer-body.js';
import { isInferBody } from './is-infer-body.js';
import { readRawRequest } from './raw-request.js';
import { readInputs } from './read-inputs.js';
import { readParameters, wantsBinary } from './request-parameters.js';
import { headerLengthName, splitBody } from './split-body.js';
import { writeInferAnswer } from './write-answer.js';

/** `POST /v2/models/{model}/infer`: JSON, JSON with bytes behind it, or the bytes of one tensor. */
export async function infer(call: Call): Promise<Answer> {
  const header = call.request.headers[headerLengthName];
  const { json, bytes } = splitBody(await call.body(), Array.isArray(header) ? header[0] : header);
  if (json === null) return inferRaw(call, bytes ?? Buffer.alloc(0));
  const body = requireInferBody(parseJsonBytes(json));
  const isBinary = wantsBinary(body);
  const { timeoutMs, priority, unitId, eventAt = eventAtOf(call) } = readParameters(body);
  const answer = await call.plane.infer({
    model: call.names['model'] ?? '',
    version: call.names['version'] ?? null,
    signal: call.signal,
    timeoutMs,
    priority,
    unitId,
    eventAt,
    requestId: body.id,
    inputs: readInputs(body.inputs, bytes),
    outputs: body.outputs?.map((output) => output.name) ?? all,
  });
  return writeInferAnswer(answer, body.id, isBinary);
}

const all: readonly string[] = [];

/** Error: `REQUEST_INVALID`, naming the place. */
function requireInferBody(value: unknown): InferBody {
  return isInferBody(value) ? value : requireShape(inferBodyShape, value);
}

async function inferRaw(call: Call, bytes: Buffer): Promise<Answer> {
  const [model, version] = [call.names['model'] ?? '', call.names['version'] ?? null];
  const input = readRawRequest(call.plane.find(model, version), bytes);
  const asked = { model, version, signal: call.signal, eventAt: eventAtOf(call) };
  const answer = await call.plane.infer({ ...asked, inputs: [input], outputs: all });
  return writeInferAnswer(answer, undefined, () => true);
}
