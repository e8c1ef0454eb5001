import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { CheckedRequest } from '../check-request.js';
import type { Gone } from '../departure.js';
import type { Link } from './chain.js';

/** How long a request may take, how soon it is wanted, and whether anybody still wants it. */
export interface JobTerms {
  readonly timeoutMs: number;
  readonly priority?: number | undefined;
  readonly signal?: Gone | undefined;
}

export const priorityLevels = 9;
const middle = 5;

/**
 * One request on its way through a queue and a batch. Its answer rejects with the reason of the signal when that aborts,
 * wherever it then is.
 */
export class Job {
  readonly request: CheckedRequest;
  /** 0 is taken first. */
  readonly level: number;
  readonly arrivedMs = performance.now();
  readonly timeoutMs: number;
  /** When its run began; null while it waits. */
  startedMs: number | null = null;
  /** It goes without mates: its last batch failed, or died. */
  isAlone = false;
  /** Threads that died under it. */
  deaths = 0;
  isSettled = false;
  /** Its place among those that are not settled. */
  open: Link<Job> | null = null;
  /** Its place among those that wait; null where it does not. */
  waiting: Link<Job> | null = null;
  readonly answer: Promise<readonly TensorValue[]>;
  private give!: (outputs: readonly TensorValue[]) => void;
  private refuse!: (error: unknown) => void;
  private readonly signal: Gone | undefined;
  private readonly hear: () => void;
  private readonly onSettled: (job: Job, isSuccess: boolean) => void;

  /** `onSettled` is called once, before anybody hears of the answer. */
  constructor(
    request: CheckedRequest,
    { timeoutMs, priority, signal }: JobTerms,
    onSettled: (job: Job, isSuccess: boolean) => void,
  ) {
    this.request = request;
    this.level = levelOf(priority);
    this.timeoutMs = timeoutMs;
    this.signal = signal;
    this.onSettled = onSettled;
    this.answer = new Promise((resolve, reject) => {
      this.give = resolve;
      this.refuse = reject;
    });
    this.hear = () => this.reject(signal?.reason);
    signal?.addEventListener('abort', this.hear);
  }

  get dueMs(): number {
    return this.arrivedMs + this.timeoutMs;
  }

  resolve(outputs: readonly TensorValue[]): void {
    if (this.settle(true)) this.give(outputs);
  }

  reject(error: unknown): void {
    if (this.settle(false)) this.refuse(error);
  }

  /** Its time is over. */
  expire(): void {
    const { timeoutMs } = this;
    this.reject(
      new RatchetError('DEADLINE_EXCEEDED', `there was no answer within ${timeoutMs} ms`, { timeoutMs }),
    );
  }

  private settle(isSuccess: boolean): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.signal?.removeEventListener('abort', this.hear);
    this.onSettled(this, isSuccess);
    return true;
  }
}

/** 1 to 9, the nearest for others; 0 says that it does not matter. */
function levelOf(priority: number | undefined): number {
  return Math.min(Math.max(priority || middle, 1), priorityLevels) - 1;
}
