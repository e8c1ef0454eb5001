import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { startThread } from '../../inference/start-thread.js';
import type { ThreadAnswer, ThreadBatch, ThreadReply, ThreadStart } from './thread-messages.js';

/** How one run ended. `died`: the thread is gone, and who knows why; `stuck`: it took longer than any run may. */
export type RunEnd =
  | ThreadAnswer
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'died' }
  | { readonly kind: 'stuck' };

/** One session in a thread of its own. */
export interface ModelThread {
  /** One at a time. The buffers of the batch are given away. Never rejects. */
  run(batch: ThreadBatch): Promise<RunEnd>;
  /** Resolves when it is gone, however that came. */
  readonly ended: Promise<void>;
  /**
   * Resolves when it is gone, after the run that may be under way. There is no other end: `terminate` in the midst of
   * a run makes onnxruntime end the whole process.
   */
  end(): Promise<void>;
}

/** Error: `MODEL_LOAD` where the session cannot be opened. */
export async function openThread(start: ThreadStart): Promise<ModelThread> {
  const worker = startThread(new URL('./model-thread', import.meta.url), { workerData: start });
  let hear: ((reply: ThreadReply | { readonly kind: 'died' }) => void) | undefined;
  let isGone = false;
  const nextReply = () =>
    new Promise<ThreadReply | { readonly kind: 'died' }>((resolve) => {
      if (isGone) resolve({ kind: 'died' });
      else hear = resolve;
    });
  worker.on('message', (reply: ThreadReply) => hear?.(reply));
  // Its end follows, and says all that matters to whoever waits.
  worker.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      isGone = true;
      hear?.({ kind: 'died' });
      resolve();
    });
  });
  const first = await nextReply();
  if (first.kind !== 'ready') {
    await ended;
    const reason = first.kind === 'failed' ? first.reason : 'its thread ended';
    throw new RatchetError('MODEL_LOAD', `the model could not be loaded: ${reason}`);
  }
  return {
    ended,
    end: async () => {
      worker.postMessage(null);
      await ended;
    },
    run: async (batch) => {
      const reply = nextReply();
      worker.postMessage(batch, buffersOf(batch));
      return runEnd(await reply);
    },
  };
}

function runEnd(reply: ThreadReply | { readonly kind: 'died' }): RunEnd {
  return reply.kind === 'ready' ? { kind: 'failed', reason: 'it answered something else' } : reply;
}

function buffersOf({ data }: ThreadBatch): ArrayBuffer[] {
  return data.flatMap((d) => (Array.isArray(d) ? [] : [d.buffer as ArrayBuffer]));
}
