import type { ApiField, ApiFields, ApplicationApi } from '../../domain/contract/application-api.js';
import { type Answer, answerJson, type Call } from '../http/call.js';
import { operation } from '../http/describe/openapi.js';

/** `GET /openapi.json` of an endpoint with serving code. */
export function applicationOpenapi(api: ApplicationApi): (call: Call) => Answer {
  return ({ plane }) =>
    answerJson({
      openapi: '3.1.0',
      info: { title: plane.defaultModel ?? 'endpoint', version: api.version },
      paths: { '/predict': { post: predictOperation(api) } },
    });
}

const text = { type: 'string' };

function predictOperation({ input, output }: ApplicationApi) {
  const row = rowSchema(input);
  const rows = { type: 'array', items: row };
  const body = {
    oneOf: [
      rows,
      { type: 'object', required: ['instances'], properties: { instances: rows, id: text } },
      columnsSchema(input),
    ],
  };
  const answer = {
    type: 'object',
    required: ['predictions', 'model_name', 'model_version', 'id'],
    properties: {
      predictions: { type: 'array', items: rowSchema(output) },
      model_name: text,
      model_version: text,
      id: text,
    },
  };
  return operation('predict', 'Answers rows.', body, answer);
}

function rowSchema(fields: ApiFields): object {
  return objectSchema(fields, fieldSchema);
}

function columnsSchema(fields: ApiFields): object {
  return objectSchema(fields, (field) => ({ type: 'array', items: fieldSchema(field) }));
}

function objectSchema(fields: ApiFields, schema: (field: ApiField) => object): object {
  return {
    type: 'object',
    required: Object.keys(fields).filter((name) => fields[name]?.required),
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schema(field)])),
    additionalProperties: false,
  };
}

function fieldSchema({ type, nullable, allowed, shape }: ApiField): object {
  const element = {
    type: nullable ? [type, 'null'] : type,
    ...(allowed === null ? {} : { enum: nullable ? [...allowed, null] : allowed }),
  };
  return shape.toReversed().reduce<object>(
    (items, size) => ({
      type: 'array',
      items,
      ...(size === -1 ? {} : { minItems: size, maxItems: size }),
    }),
    element,
  );
}
