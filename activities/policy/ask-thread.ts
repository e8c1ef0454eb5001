import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { startThread } from '../../inference/start-thread.js';
import type { PolicyAnswer, PolicyTask } from './policy-thread.js';

/** How the work of a thread ended: `late` where it gave nothing for as long as was allowed. */
export type ThreadEnding =
  | { readonly kind: 'done' }
  | { readonly kind: 'late' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Starting takes longer than any rule, above all on a busy machine. */
const startDeadlineMs = 60_000;

/** Rules need little; a rule that gathers without end is ended with its thread and not with the worker. */
const judgeLimits = { maxOldGenerationSizeMb: 160 } as const;

/**
 * Gives a thread one task, and its answers to `take`. The thread is ended in every ending: also one that computes
 * without a pause. Errors: the reason of the signal, when it aborts; `INTERNAL` where no thread could be started, which is
 * not the fault of its task.
 */
export async function askThread(
  task: PolicyTask,
  take: (answer: PolicyAnswer) => void,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<ThreadEnding> {
  signal.throwIfAborted();
  const thread = startThread(
    new URL('./policy-thread', import.meta.url),
    task.do === 'judge' ? { resourceLimits: judgeLimits } : {},
  );
  const { promise, resolve, reject } = withResolvers<ThreadEnding>();
  let isReady = false;
  const failed = (reason: string) =>
    isReady
      ? resolve({ kind: 'failed', reason })
      : reject(new RatchetError('INTERNAL', `no thread: ${reason}`));
  const watch = createWatch(() => (isReady ? resolve({ kind: 'late' }) : failed('it did not start')));
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  thread.on('message', (answer: PolicyAnswer) => {
    watch.restart(deadlineMs);
    if (answer.kind === 'ready') {
      isReady = true;
      thread.postMessage(task);
    } else if (answer.kind === 'done' || answer.kind === 'failed') resolve(answer);
    else take(answer);
  });
  thread.once('error', (error) => failed(error.message));
  thread.once('exit', () => failed('it ended without an answer'));
  watch.restart(startDeadlineMs);
  try {
    return await promise;
  } finally {
    watch.stop();
    signal.removeEventListener('abort', abort);
    await thread.terminate();
  }
}

/** Says once that nothing has been heard for a time. */
function createWatch(late: () => void) {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const restart = (ms: number) => {
    stop();
    const own = setTimeout(() => {
      // What came while this thread itself was busy is heard first.
      setImmediate(() => own === timer && late());
    }, ms);
    timer = own;
  };
  return { restart, stop };
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
