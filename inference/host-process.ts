import { readFile } from 'node:fs/promises';
import { InferenceSession, type OnnxValue, Tensor } from 'onnxruntime-node';
import { messageOf } from '../domain/errors/ratchet-error.js';
import { tensorTypes } from '../domain/onnx/model-interface.js';
import { cleanReason } from './clean-reason.js';
import { dataOfType, type TensorValue } from './codec/tensors.js';
import { startWatchdog } from './host-watchdog.js';
import type { HostReply, HostRequest } from './messages.js';
import { sessionOptions } from './session-options.js';

/**
 * The program of a host process: holds one model, answers one request at a time, and has nothing else worth having.
 * It ends with its parent, whose process id is its argument.
 */
/** An ONNX file of one operator, `Identity`. */
const smallestModel = Buffer.from(
  'CAg6LwoQCgF4EgF5IghJZGVudGl0eRIBZ1oLCgF4EgYKBAgBEgBiCwoBeRIGCgQIARIAQgIQDQ==',
  'base64',
);
const watchdog = startWatchdog(Number(process.argv[2]));

let session: InferenceSession | undefined;

async function answer(request: HostRequest): Promise<HostReply> {
  if (request.kind === 'load') {
    watchdog.limit(request.memoryBytes);
    const file = request.path === null ? smallestModel : await readFile(request.path);
    session = await InferenceSession.create(file, sessionOptions(request.executionProvider, 1));
    return { kind: 'loaded' };
  }
  if (session === undefined) return { kind: 'failed', reason: 'no model is loaded' };
  const feeds = Object.fromEntries(request.inputs.map((t) => [t.name, new Tensor(t.type, t.data, t.dims)]));
  const answers = await session.run(feeds, request.outputs);
  return { kind: 'answered', outputs: request.outputs.map((name) => tensorOf(name, answers[name])) };
}

function tensorOf(name: string, value: OnnxValue | undefined): TensorValue {
  const type = tensorTypes.find((t) => t === value?.type);
  if (value === undefined || type === undefined) {
    throw new Error(`output "${name}" is not a tensor of a known type`);
  }
  return { name, type, dims: value.dims, data: dataOfType(type, value.data) };
}

async function reply(request: HostRequest): Promise<void> {
  const told = await answer(request).catch(
    (error: unknown): HostReply => ({ kind: 'failed', reason: cleanReason(messageOf(error)) }),
  );
  process.send?.(told);
}

process.on('message', (request: HostRequest) => void reply(request));
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

// The first session of a process takes some 30 ms more than the next: a spare has had its first before it is needed.
await InferenceSession.create(smallestModel, sessionOptions('cpu', 1));
