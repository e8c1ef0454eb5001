import type { InferBody, InferInput, Parameters } from './infer-body.js';

/**
 * Whether a value that was parsed is in the shape of a body: what `inferBodyShape` says, at a tenth of its cost. It has no
 * messages: those are of the shape.
 */
export function isInferBody(value: unknown): value is InferBody {
  if (!isObject(value)) return false;
  const { id, parameters, inputs, outputs } = value;
  return (
    isTextOrAbsent(id) &&
    areParameters(parameters) &&
    Array.isArray(inputs) &&
    inputs.every(isInput) &&
    (outputs === undefined || (Array.isArray(outputs) && outputs.every(isOutput)))
  );
}

function isInput(value: unknown): value is InferInput {
  if (!isObject(value)) return false;
  const { name, datatype, shape, parameters, data } = value;
  return (
    typeof name === 'string' &&
    typeof datatype === 'string' &&
    Array.isArray(shape) &&
    shape.every(Number.isFinite) &&
    areParameters(parameters) &&
    (data === undefined || Array.isArray(data))
  );
}

function isOutput(value: unknown): boolean {
  return isObject(value) && typeof value['name'] === 'string' && areParameters(value['parameters']);
}

function areParameters(value: unknown): value is Parameters | undefined {
  return value === undefined || (isObject(value) && Object.values(value).every(isParameter));
}

function isParameter(value: unknown): boolean {
  return ['string', 'bigint', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isTextOrAbsent = (value: unknown): boolean => value === undefined || typeof value === 'string';
