import type { InterfaceTensor } from '../../../domain/onnx/model-interface.js';
import { serverIdentity } from '../../server-identity.js';
import { type Answer, answerJson, type Call } from '../call.js';
import { requireInterface } from '../require-interface.js';
import {
  columnsSchema,
  inferRequestSchema,
  inferResponseSchema,
  predictionSchema,
  rowSchema,
} from './schemas.js';

/** `GET /v2/models/{model}/openapi.json`: the addresses of one model, from what it reads and answers. */
export function openapi({ plane, names }: Call): Answer {
  const served = plane.find(names['model'] ?? '', names['version'] ?? null);
  const { inputs, outputs } = requireInterface(served);
  const at = `/v2/models/${encodeURIComponent(served.model)}`;
  return answerJson({
    openapi: '3.1.0',
    info: {
      title: served.model,
      version: served.version,
      description: `Served by Ratchet ${serverIdentity.version}.`,
    },
    paths: {
      [`${at}/predict`]: { post: predictOperation(inputs, outputs) },
      [`${at}/infer`]: { post: inferOperation(inputs, outputs) },
    },
  });
}

function predictOperation(inputs: readonly InterfaceTensor[], outputs: readonly InterfaceTensor[]) {
  const row = rowSchema(inputs);
  const prediction = predictionSchema(outputs);
  const body = {
    oneOf: [
      { type: 'array', items: row },
      {
        type: 'object',
        required: ['instances'],
        properties: { instances: { type: 'array', items: row }, id: text },
      },
      columnsSchema(inputs),
    ],
  };
  const answer = {
    type: 'object',
    required: ['predictions', 'model_name', 'model_version', 'id'],
    properties: {
      predictions: { type: 'array', items: prediction },
      model_name: text,
      model_version: text,
      id: text,
    },
  };
  return operation('predict', 'Answers rows.', body, answer);
}

function inferOperation(inputs: readonly InterfaceTensor[], outputs: readonly InterfaceTensor[]) {
  return operation(
    'infer',
    'Open Inference Protocol.',
    inferRequestSchema(inputs),
    inferResponseSchema(outputs),
  );
}

const text = { type: 'string' };
const jsonOf = (schema: object) => ({ 'application/json': { schema } });
const errorSchema = { type: 'object', required: ['error'], properties: { error: text } };
const failures = {
  400: 'the request does not fit the model',
  404: 'there is no such model or version',
  413: 'the body is too large',
  500: 'the model could not answer',
  503: 'not ready, overloaded, or not in time; Retry-After says when to ask again',
};

export function operation(operationId: string, summary: string, body: object, answer: object) {
  const refused = Object.entries(failures).map(([status, description]) => [
    status,
    { description, content: jsonOf(errorSchema) },
  ]);
  return {
    operationId,
    summary,
    requestBody: { required: true, content: jsonOf(body) },
    responses: {
      200: { description: 'the answer', content: jsonOf(answer) },
      ...Object.fromEntries(refused),
    },
  };
}
