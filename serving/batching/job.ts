import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { CheckedRequest } from '../check-request.js';

/** How long a request may take, how soon it is wanted, and whether anybody still wants it. */
export interface JobTerms {
  readonly timeoutMs: number;
  readonly priority?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One request on its way through a queue and a batch. */
export interface Job {
  readonly request: CheckedRequest;
  /** 0 is taken first. */
  readonly level: number;
  readonly arrivedMs: number;
  /** When its run began; null while it waits. */
  startedMs: number | null;
  /** It goes without mates: its last batch failed, or died. */
  isAlone: boolean;
  /** Threads that died under it. */
  deaths: number;
  readonly isSettled: boolean;
  readonly answer: Promise<readonly TensorValue[]>;
  resolve(outputs: readonly TensorValue[]): void;
  reject(error: unknown): void;
}

export const priorityLevels = 9;
const middle = 5;

/**
 * Its answer rejects with `DEADLINE_EXCEEDED` when its time is over, and with the reason of the signal when that aborts,
 * wherever it then is. `onSettled` is called once, before anybody hears of the answer.
 */
export function createJob(
  request: CheckedRequest,
  { timeoutMs, priority, signal }: JobTerms,
  onSettled: (job: Job, isSuccess: boolean) => void,
): Job {
  let isSettled = false;
  let [give, refuse] = [(_: readonly TensorValue[]): void => undefined, (_: unknown): void => undefined];
  const answer = new Promise<readonly TensorValue[]>((resolve, reject) => {
    [give, refuse] = [resolve, reject];
  });
  const abort = () => job.reject(signal?.reason);
  const timer = setTimeout(() => job.reject(tooLate(timeoutMs)), timeoutMs);
  function settle(isSuccess: boolean): boolean {
    if (isSettled) return false;
    isSettled = true;
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    onSettled(job, isSuccess);
    return true;
  }
  const job: Job = {
    request,
    level: levelOf(priority),
    arrivedMs: performance.now(),
    startedMs: null,
    isAlone: false,
    deaths: 0,
    get isSettled() {
      return isSettled;
    },
    answer,
    resolve: (outputs) => {
      if (settle(true)) give(outputs);
    },
    reject: (error) => {
      if (settle(false)) refuse(error);
    },
  };
  signal?.addEventListener('abort', abort, { once: true });
  return job;
}

/** 1 to 9, the nearest for others; 0 says that it does not matter. */
function levelOf(priority: number | undefined): number {
  return Math.min(Math.max(priority || middle, 1), priorityLevels) - 1;
}

function tooLate(timeoutMs: number): RatchetError {
  return new RatchetError('DEADLINE_EXCEEDED', `there was no answer within ${timeoutMs} ms`, { timeoutMs });
}
