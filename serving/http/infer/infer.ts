import type { InferenceRequest } from '../../inference-request.js';
import type { Answer, Call } from '../call.js';
import { parseJsonBytes, requireShape } from '../read-json.js';
import { inferBodyShape } from './infer-body.js';
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
  const body = requireShape(inferBodyShape, parseJsonBytes(json));
  const isBinary = wantsBinary(body);
  const answer = await call.plane.infer({
    ...asked(call),
    ...readParameters(body),
    requestId: body.id,
    inputs: readInputs(body.inputs, bytes),
    outputs: body.outputs?.map((output) => output.name) ?? [],
  });
  return writeInferAnswer(answer, body.id, isBinary);
}

async function inferRaw(call: Call, bytes: Buffer): Promise<Answer> {
  const target = asked(call);
  const input = readRawRequest(call.plane.find(target.model, target.version), bytes);
  const answer = await call.plane.infer({ ...target, inputs: [input], outputs: [] });
  return writeInferAnswer(answer, undefined, () => true);
}

/** Which version is asked, and for how long anybody waits. */
function asked({
  names,
  signal,
}: Call): Pick<InferenceRequest, 'model' | 'signal'> & { version: string | null } {
  return { model: names['model'] ?? '', version: names['version'] ?? null, signal };
}
