import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { cleanReason } from '../../inference/clean-reason.js';
import type { TensorData } from '../../inference/codec/tensors.js';
import { openSession, runSession } from './run-session.js';
import type { ThreadBatch, ThreadReply, ThreadStart } from './thread-messages.js';

/** The program of a worker thread: one session, one run at a time, until it is sent null. */
const start = workerData as ThreadStart;
function send(reply: ThreadReply): void {
  parentPort?.postMessage(reply, reply.kind === 'answered' ? transferable(reply.data) : []);
}

/** An output that is an input passed on shares its buffer, and a buffer can be given away once. */
function transferable(data: readonly TensorData[]): ArrayBuffer[] {
  return [...new Set(data.flatMap((d) => (Array.isArray(d) ? [] : [d.buffer as ArrayBuffer])))];
}

const failed = (error: unknown): ThreadReply => ({ kind: 'failed', reason: cleanReason(messageOf(error)) });

try {
  const session = await openSession(start);
  parentPort?.on('message', (batch: ThreadBatch | null) => {
    // Without its port nothing keeps the thread, once the run that may be under way has ended.
    if (batch === null) parentPort?.close();
    else void runSession(session, start.interface, batch).catch(failed).then(send);
  });
  send({ kind: 'ready' });
} catch (error) {
  send(failed(error));
}
