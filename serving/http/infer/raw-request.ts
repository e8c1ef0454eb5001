import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { InterfaceTensor } from '../../../domain/onnx/model-interface.js';
import { elementBytes, type TensorValue } from '../../../inference/codec/tensors.js';
import type { ServedVersion } from '../../data-plane-port.js';
import { tensorOfRaw, textOf } from '../../tensors/raw-tensor.js';
import { requireInterface } from '../require-interface.js';

/**
 * The one input of a model from a body that is nothing but its bytes, as one row.
 * Error: `REQUEST_INVALID` where the model has more inputs, or a shape that the bytes do not tell.
 */
export function readRawRequest(served: ServedVersion, bytes: Buffer): TensorValue {
  const { inputs } = requireInterface(served);
  const [only] = inputs;
  if (only === undefined || inputs.length > 1) {
    throw refuse(`model "${served.model}" has ${inputs.length} inputs, a raw body is for a model with one`);
  }
  if (only.type === 'string')
    return { name: only.name, type: 'string', dims: rowOf(only, 1), data: [textOf(only.name, bytes)] };
  return tensorOfRaw(only.name, only.type, rowOf(only, bytes.length / elementBytes(only.type)), bytes);
}

/** The shape of one row that has so many elements. */
function rowOf({ name, shape }: InterfaceTensor, elements: number): readonly number[] {
  const [, ...rest] = shape;
  const free = rest.filter((size) => size === -1).length;
  if (free > 1)
    throw refuse(`input "${name}" has ${free} free dimensions in a row, a raw body is for at most one`);
  const known = rest.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return [1, ...rest.map((size) => (size === -1 ? Math.floor(elements / known) : size))];
}

const refuse = (message: string) => new RatchetError('REQUEST_INVALID', message);
