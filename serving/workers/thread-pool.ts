import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { type ModelThread, openThread, type RunEnd } from './thread.js';
import type { ThreadBatch, ThreadStart } from './thread-messages.js';

/** How often a thread is started anew before the model is given up, and how long between. */
const mostStarts = 3;
const restMs = 100;
/** Threads that went on and on, which nothing can end: each takes a core for as long as the process lives. */
const mostGivenUp = 2;

/** Threads that hold the same model. */
export interface ThreadPool {
  /** Threads that wait for a batch. */
  readonly idle: number;
  /** None is at work. */
  readonly isAtRest: boolean;
  /** Needs an idle thread. The buffers of the batch are given away. Never rejects. */
  run(batch: ThreadBatch): Promise<RunEnd>;
  /** Resolves when the threads are gone, or at the latest when one run may take no longer. */
  close(): Promise<void>;
}

export interface PoolEvents {
  /** A thread took the place of one that died. */
  readonly onReplaced: () => void;
  /** A thread died and no other could be started. */
  readonly onBroken: (reason: string) => void;
}

/** Resolves when all threads are ready. Error: `MODEL_LOAD`. */
export async function openThreadPool(
  start: ThreadStart & { readonly mostRunMs: number },
  threads: number,
  { onReplaced, onBroken }: PoolEvents,
): Promise<ThreadPool> {
  const idle: ModelThread[] = [];
  const alive = new Set<ModelThread>();
  let isClosed = false;
  let givenUp = 0;

  async function add(): Promise<void> {
    const thread = await openThread(start);
    alive.add(thread);
    void thread.ended.then(() => lose(thread));
    if (isClosed) await thread.end();
    else idle.push(thread);
  }

  async function lose(thread: ModelThread): Promise<void> {
    // One that was given up is lost before it ends.
    if (!alive.delete(thread)) return;
    if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
    for (let tries = 1; !isClosed; tries += 1) {
      try {
        await add();
        return onReplaced();
      } catch (error) {
        if (tries === mostStarts) return alive.size === 0 ? onBroken(messageOf(error)) : undefined;
        await sleep(restMs * tries);
      }
    }
  }

  function giveUp(thread: ModelThread): RunEnd {
    void thread.end();
    givenUp += 1;
    if (givenUp <= mostGivenUp) void lose(thread);
    else onBroken(`the model did not answer within ${start.mostRunMs} ms, ${givenUp} times`);
    return { kind: 'stuck' };
  }

  async function close(): Promise<void> {
    isClosed = true;
    const ended = Promise.all([...alive].map((thread) => thread.end()));
    await within(start.mostRunMs, ended);
  }

  const opened = await Promise.allSettled(Array.from({ length: threads }, add));
  const refused = opened.find((o) => o.status === 'rejected');
  if (refused !== undefined) {
    await close();
    throw refused.reason;
  }
  return {
    get idle() {
      return idle.length;
    },
    get isAtRest() {
      return idle.length === alive.size;
    },
    run: async (batch) => {
      const thread = idle.pop();
      if (thread === undefined) return { kind: 'died' };
      const end = await within(start.mostRunMs, thread.run(batch));
      if (end === null) return giveUp(thread);
      if (end.kind !== 'died') idle.push(thread);
      return end;
    },
    close,
  };
}

/** Null where it takes longer. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
