import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, type OnnxValue, Tensor } from 'onnxruntime-node';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { tensorTypes } from '../../domain/onnx/model-interface.js';
import { cleanReason } from '../../inference/clean-reason.js';
import { dataOfType, type TensorData } from '../../inference/codec/tensors.js';
import { sessionOptions } from '../../inference/session-options.js';
import type { ThreadAnswer, ThreadBatch, ThreadReply, ThreadStart } from './thread-messages.js';

/** The program of a worker thread: one session, one run at a time, until it is sent null. */
const { file, interface: shape, computeThreads, executionProvider } = workerData as ThreadStart;
/** Threads that wait by turning round and round take the core from the thread that reads requests. */
const withoutSpinning = { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } };

async function answer(session: InferenceSession, batch: ThreadBatch): Promise<ThreadAnswer> {
  const feeds: Record<string, Tensor> = {};
  for (const [i, { name, type }] of shape.inputs.entries()) {
    feeds[name] = new Tensor(type, batch.data[i] ?? [], batch.dims[i] ?? []);
  }
  const startedAt = performance.now();
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

function send(reply: ThreadReply): void {
  parentPort?.postMessage(reply, reply.kind === 'answered' ? transferable(reply.data) : []);
}

/** An output that is an input passed on shares its buffer, and a buffer can be given away once. */
function transferable(data: readonly TensorData[]): ArrayBuffer[] {
  return [...new Set(data.flatMap((d) => (Array.isArray(d) ? [] : [d.buffer as ArrayBuffer])))];
}

const failed = (error: unknown): ThreadReply => ({ kind: 'failed', reason: cleanReason(messageOf(error)) });

try {
  const session = await InferenceSession.create(
    file,
    sessionOptions(executionProvider, computeThreads, withoutSpinning),
  );
  parentPort?.on('message', (batch: ThreadBatch | null) => {
    // Without its port nothing keeps the thread, once the run that may be under way has ended.
    if (batch === null) parentPort?.close();
    else void answer(session, batch).catch(failed).then(send);
  });
  send({ kind: 'ready' });
} catch (error) {
  send(failed(error));
}
