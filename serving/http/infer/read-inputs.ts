import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';
import { typeOfDatatype } from '../../tensors/datatypes.js';
import { countElements } from '../../tensors/element-count.js';
import { readJsonTensor } from '../../tensors/json-tensor.js';
import { tensorOfRaw } from '../../tensors/raw-tensor.js';
import { refuseTensor } from '../../tensors/refuse.js';
import type { InferInput } from './infer-body.js';

/**
 * Tensors of the inputs, each from its JSON or from the bytes behind the JSON, in their order.
 * Error: `REQUEST_INVALID`, naming the tensor.
 */
export function readInputs(inputs: readonly InferInput[], bytes: Buffer | null): readonly TensorValue[] {
  requireDifferent(inputs);
  let at = 0;
  const tensors = inputs.map((input) => {
    const size = sizeInBytes(input);
    if (size === null) return readJsonInput(input);
    if (bytes === null)
      throw refuseTensor(input.name, 'is announced as bytes, and no bytes came behind the JSON');
    if (at + size > bytes.length) {
      throw refuseTensor(input.name, `is announced with ${size} bytes, of which ${bytes.length - at} came`);
    }
    at += size;
    return readBinaryInput(input, bytes.subarray(at - size, at));
  });
  const rest = (bytes?.length ?? 0) - at;
  if (rest === 0) return tensors;
  throw new RatchetError('REQUEST_INVALID', `${rest} bytes came behind the tensors that are announced`);
}

function requireDifferent(inputs: readonly InferInput[]): void {
  if (inputs.length < 2) return;
  const seen = new Set<string>();
  for (const { name } of inputs) {
    if (seen.has(name)) throw refuseTensor(name, 'came more than once');
    seen.add(name);
  }
}

function readJsonInput({ name, datatype, shape, data }: InferInput): TensorValue {
  const type = typeOfDatatype(name, datatype);
  if (data === undefined) throw refuseTensor(name, 'has no data');
  return readJsonTensor({ name, type, shape, data });
}

function readBinaryInput({ name, datatype, shape, data }: InferInput, bytes: Buffer): TensorValue {
  const type = typeOfDatatype(name, datatype);
  if (data !== undefined)
    throw refuseTensor(name, 'has both data and binary_data_size, allowed is one of them');
  countElements(name, shape);
  return tensorOfRaw(name, type, shape, bytes);
}

/** Null for a tensor that came as JSON. */
function sizeInBytes({ name, parameters }: InferInput): number | null {
  if (parameters?.['shared_memory_region'] !== undefined) {
    throw refuseTensor(name, 'is in shared memory, which this server does not read');
  }
  const size = parameters?.['binary_data_size'];
  if (size === undefined) return null;
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
  throw refuseTensor(name, `has a binary_data_size that is no length, allowed is a whole number from 0`);
}
