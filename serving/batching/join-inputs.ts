import { allocate, type TensorData } from '../../inference/codec/tensors.js';
import type { CheckedRequest } from '../check-request.js';
import type { ThreadBatch } from '../workers/thread-messages.js';

/**
 * One batch out of requests with the same key, row after row. Its buffers are its own: those of the requests stay
 * whole, since a batch may have to be run again, and may be pieces of something larger.
 */
export function joinInputs(requests: readonly [CheckedRequest, ...CheckedRequest[]]): ThreadBatch {
  const [first] = requests;
  const rows = requests.reduce((sum, r) => sum + r.rows, 0);
  return {
    dims: first.inputs.map(({ dims }) => (requests.length === 1 ? dims : [rows, ...dims.slice(1)])),
    data: first.inputs.map((_, i) => joinOne(requests, i)),
    outputs: first.outputs,
  };
}

function joinOne(requests: readonly [CheckedRequest, ...CheckedRequest[]], i: number): TensorData {
  const parts = requests.map(({ inputs }) => inputs[i]?.data ?? []);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.slice();
  if (parts.every((part) => Array.isArray(part))) return parts.flat();
  const type = requests[0].inputs[i]?.type ?? 'float32';
  const joined = allocate(
    type,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    copyInto(joined, part, at);
    at += part.length;
  }
  return joined;
}

/** Both are of the type of the tensor. */
function copyInto(to: TensorData, from: TensorData, at: number): void {
  (to as { set(from: TensorData, at: number): void }).set(from, at);
}
