import type { InterfaceTensor, OnnxInterface } from '../onnx/model-interface.js';
import type { ApiField, ApiType, ApplicationApi } from './application-api.js';

/** The API of an endpoint without serving code: a row is what the model reads, its answer what the model answers. */
export function stockApi({ inputs, outputs }: OnnxInterface): ApplicationApi {
  return { version: '0.1', input: fieldsOf(inputs), output: fieldsOf(outputs) };
}

function fieldsOf(tensors: readonly InterfaceTensor[]): Readonly<Record<string, ApiField>> {
  return Object.fromEntries(tensors.map((tensor) => [tensor.name, fieldOf(tensor)]));
}

/** Null stands for NaN, and for the empty text. */
function fieldOf({ type, shape }: InterfaceTensor): ApiField {
  const inner = shape.slice(1);
  const isSingle = inner.every((size) => size === 1);
  const nullable = type === 'string' || type.startsWith('float');
  return {
    type: apiTypeOf(type),
    required: true,
    nullable,
    allowed: null,
    shape: isSingle ? [] : inner,
  };
}

function apiTypeOf(type: string): ApiType {
  if (type === 'string') return 'string';
  if (type === 'bool') return 'boolean';
  return type.startsWith('float') ? 'number' : 'integer';
}
