import { InferenceSession, type OnnxValue, Tensor } from 'onnxruntime-node';
import { type OnnxInterface, tensorTypes } from '../../domain/onnx/model-interface.js';
import { dataOfType } from '../../inference/codec/tensors.js';
import { sessionOptions } from '../../inference/session-options.js';
import type { ThreadAnswer, ThreadBatch, ThreadStart } from './thread-messages.js';

/** Threads that wait by turning round and round take the core from the thread that reads requests. */
const withoutSpinning = { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } };

/** Rejects with what onnxruntime says. */
export async function openSession({
  file,
  computeThreads,
  executionProvider,
}: Omit<ThreadStart, 'interface'>): Promise<InferenceSession> {
  return InferenceSession.create(file, sessionOptions(executionProvider, computeThreads, withoutSpinning));
}

/** Answers one batch. It holds the thread that calls it until it is over. Rejects with what onnxruntime says. */
export async function runSession(
  session: InferenceSession,
  shape: OnnxInterface,
  batch: ThreadBatch,
): Promise<ThreadAnswer> {
  const feeds: Record<string, Tensor> = {};
  for (const [i, { name, type }] of shape.inputs.entries()) {
    feeds[name] = new Tensor(type, batch.data[i] ?? [], batch.dims[i] ?? []);
  }
  let startedAt = 0;
  // onnxruntime begins in an immediate, right after this one: what the thread did before is not of the run.
  setImmediate(() => {
    startedAt = performance.now();
  });
  const answers = await session.run(feeds, batch.outputs);
  const computeNs = Math.round((performance.now() - startedAt) * 1e6);
  const tensors = batch.outputs.map((name) => requireTensor(name, answers[name]));
  return {
    kind: 'answered',
    types: tensors.map((t) => t.type),
    dims: tensors.map((t) => t.dims),
    data: tensors.map((t) => t.data),
    computeNs,
  };
}

function requireTensor(name: string, value: OnnxValue | undefined) {
  const type = tensorTypes.find((t) => t === value?.type);
  if (value === undefined || type === undefined) {
    throw new Error(`output "${name}" is not a tensor of a known type`);
  }
  return { type, dims: value.dims, data: dataOfType(type, value.data) };
}
