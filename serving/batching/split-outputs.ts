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
  const cuts = tensors.map(cutterOf);
  let at = 0;
  return requests.map((request) => {
    const from = at;
    at += request.rows;
    return cuts.map((cut) => cut(from, at));
  });
}

/** Gives rows of a tensor, from one on up to another. */
function cutterOf({ name, type, dims, data }: TensorValue): (from: number, to: number) => TensorValue {
  const tail = dims.slice(1);
  const width = elementCount(tail);
  let known: readonly number[] = [];
  return (from, to) => {
    // Most requests of a batch have as many rows as the one before.
    if (known[0] !== to - from) known = [to - from, ...tail];
    return { name, type, dims: known, data: viewOf(data, from * width, to * width) };
  };
}

function viewOf(data: TensorData, from: number, to: number): TensorData {
  return Array.isArray(data) ? data.slice(from, to) : data.subarray(from, to);
}
