import type { InterfaceTensor, TensorType } from '../../../domain/onnx/model-interface.js';
import { wholeRanges } from '../../../inference/codec/tensors.js';
import { datatypeOf } from '../../tensors/datatypes.js';

function whole(type: keyof typeof wholeRanges): object {
  const [minimum, maximum] = wholeRanges[type];
  return { type: 'integer', minimum, maximum };
}

/** JSON Schema of one element. A null stands for NaN in a number, and in a row for the empty text. */
const elementSchema: Readonly<Record<TensorType, object>> = {
  float32: { type: ['number', 'null'], format: 'float' },
  float64: { type: ['number', 'null'], format: 'double' },
  int64: { type: 'integer', format: 'int64' },
  int32: { type: 'integer', format: 'int32' },
  bool: { type: 'boolean' },
  string: { type: ['string', 'null'] },
  float16: { not: {}, description: 'has no JSON form: bytes alone' },
  int8: whole('int8'),
  int16: whole('int16'),
  uint8: whole('uint8'),
  uint16: whole('uint16'),
  uint32: whole('uint32'),
  uint64: { type: 'integer', minimum: 0, format: 'uint64' },
};

/** What one row has for one tensor: one value, or arrays of its shape. */
function cellSchema({ type, shape }: InterfaceTensor): object {
  const inner = shape.slice(1);
  if (inner.every((size) => size === 1)) return elementSchema[type];
  return inner
    .toReversed()
    .reduce<object>(
      (items, size) => ({ type: 'array', items, ...(size === -1 ? {} : { minItems: size, maxItems: size }) }),
      elementSchema[type],
    );
}

const properties = (tensors: readonly InterfaceTensor[], schema: (tensor: InterfaceTensor) => object) =>
  Object.fromEntries(tensors.map((tensor) => [tensor.name, schema(tensor)]));

function namedCells(
  tensors: readonly InterfaceTensor[],
  schema: (tensor: InterfaceTensor) => object,
): object {
  return {
    type: 'object',
    required: tensors.map(({ name }) => name),
    properties: properties(tensors, schema),
    additionalProperties: false,
  };
}

export function rowSchema(inputs: readonly InterfaceTensor[]): object {
  const [only] = inputs;
  const inOrder = {
    type: 'array',
    prefixItems: inputs.map(cellSchema),
    minItems: inputs.length,
    maxItems: inputs.length,
  };
  const named = namedCells(inputs, cellSchema);
  const forms =
    inputs.length === 1 && only !== undefined ? [cellSchema(only), inOrder, named] : [inOrder, named];
  return { anyOf: forms };
}

export const columnsSchema = (inputs: readonly InterfaceTensor[]) =>
  namedCells(inputs, (input) => ({ type: 'array', items: cellSchema(input) }));

export function predictionSchema(outputs: readonly InterfaceTensor[]): object {
  const [only] = outputs;
  return outputs.length === 1 && only !== undefined ? cellSchema(only) : namedCells(outputs, cellSchema);
}

const parameters = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };
const text = { type: 'string' };

function tensorSchema({ name, type, shape }: InterfaceTensor): object {
  const sizes = shape.map((size) => (size === -1 ? { type: 'integer', minimum: 0 } : { const: size }));
  return {
    type: 'object',
    required: ['name', 'datatype', 'shape'],
    properties: {
      name: { const: name },
      datatype: { const: datatypeOf[type] },
      shape: { type: 'array', prefixItems: sizes, minItems: shape.length, maxItems: shape.length },
      parameters,
      data: { type: 'array', description: 'row by row, flat or nested' },
    },
  };
}

export const inferRequestSchema = (inputs: readonly InterfaceTensor[]) => ({
  type: 'object',
  required: ['inputs'],
  properties: {
    id: text,
    parameters,
    inputs: {
      type: 'array',
      items: { anyOf: inputs.map(tensorSchema) },
      minItems: inputs.length,
      maxItems: inputs.length,
    },
    outputs: {
      type: 'array',
      items: { type: 'object', required: ['name'], properties: { name: text, parameters } },
    },
  },
});

export const inferResponseSchema = (outputs: readonly InterfaceTensor[]) => ({
  type: 'object',
  required: ['model_name', 'model_version', 'outputs'],
  properties: {
    model_name: text,
    model_version: text,
    id: text,
    outputs: { type: 'array', items: { anyOf: outputs.map(tensorSchema) } },
  },
});
