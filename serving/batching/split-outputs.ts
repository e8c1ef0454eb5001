import { elementCount, type TensorData, type TensorValue } from '../../inference/codec/tensors.js';
import type { CheckedRequest } from '../check-request.js';
import type { ThreadAnswer } from '../workers/thread-messages.js';

/**
 * Gives each request its rows of a batch's answer, as views. Null where an output has not one answer a row, so that
 * nobody knows whose is which.
 */
export function splitOutputs(
  requests: readonly CheckedRequest[],
  { types, dims, data }: ThreadAnswer,
): readonly (readonly TensorValue[])[] | null {
  const wanted = requests[0]?.outputs ?? [];
  const tensors = wanted.flatMap((name, i) => {
    const [type, shape, values] = [types[i], dims[i], data[i]];
    return type && shape && values ? [{ name, type, dims: shape, data: values }] : [];
  });
  if (requests.length === 1) return [tensors];
  const rows = requests.reduce((sum, r) => sum + r.rows, 0);
  if (tensors.some((t) => t.dims[0] !== rows)) return null;
  let at = 0;
  return requests.map((request) => {
    const from = at;
    at += request.rows;
    return tensors.map((tensor) => rowsOf(tensor, from, at));
  });
}

function rowsOf(tensor: TensorValue, from: number, to: number): TensorValue {
  const tail = tensor.dims.slice(1);
  const width = elementCount(tail);
  return { ...tensor, dims: [to - from, ...tail], data: viewOf(tensor.data, from * width, to * width) };
}

function viewOf(data: TensorData, from: number, to: number): TensorData {
  return Array.isArray(data) ? data.slice(from, to) : data.subarray(from, to);
}
