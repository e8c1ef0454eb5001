import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Evaluation } from '../../domain/metrics/evaluation.js';
import type { EvaluationInput } from '../../domain/metrics/evaluation-input.js';
import { startThread } from '../../inference/start-thread.js';
import type { ThreadAnswer } from './evaluate-thread.js';

/** The thread of the last evaluation waits for the next one: starting one takes longer than a small evaluation. */
let idle: Worker | undefined;

/**
 * Metrics take seconds of pure computing: in a thread of their own, so that heartbeats go on. Errors:
 * `METRIC_UNDEFINED` for rows or answers that cannot be measured, `INTERNAL` for a defect of the metrics.
 */
export async function evaluateInThread(input: EvaluationInput, signal: AbortSignal): Promise<Evaluation> {
  const thread = takeThread();
  const stop = () => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await ask(thread, input, signal);
    // The answer may have been on its way when the thread was ended.
    signal.throwIfAborted();
    giveBack(thread);
    if (answer.kind === 'refused') throw new RatchetError('METRIC_UNDEFINED', answer.reason);
    if (answer.kind === 'broken') throw new RatchetError('INTERNAL', `the metrics broke: ${answer.reason}`);
    return answer.evaluation;
  } finally {
    signal.removeEventListener('abort', stop);
    if (thread !== idle) void thread.terminate();
  }
}

async function ask(thread: Worker, input: EvaluationInput, signal: AbortSignal): Promise<ThreadAnswer> {
  const answered = new AbortController();
  const message = once(thread, 'message', answered);
  const exit = once(thread, 'exit', answered).then(() => {
    throw signal.reason ?? new RatchetError('INTERNAL', 'the evaluation ended without an answer');
  });
  try {
    thread.postMessage(input);
    const [answer] = (await Promise.race([message, exit])) as [ThreadAnswer];
    return answer;
  } finally {
    answered.abort();
  }
}

function takeThread(): Worker {
  const thread = idle ?? startThread(new URL('./evaluate-thread', import.meta.url));
  idle = undefined;
  thread.ref();
  return thread;
}

/** It does not keep the process alive. */
function giveBack(thread: Worker): void {
  // By name: the thread has listeners of its own, without which it hears nothing more.
  for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
  thread.unref();
  idle ??= thread;
}
