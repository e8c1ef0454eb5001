import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  ApplicationCall,
  CallAnswer,
  ThreadQuestion,
} from '../../inference/application/application-messages.js';
import { isPong, readAnswered } from './call-answer.js';

const mostCalls = 10_000;
/** A call that was under way when the thread went is asked again: most are only its mates. */
const mostAttempts = 3;

interface Pending {
  readonly call: ApplicationCall;
  attempts: number;
  settle(outcome: CallAnswer | RatchetError): void;
}

/** Calls that an application has not answered yet, in the order in which they came. */
export class PendingCalls {
  private readonly calls = new Map<number, Pending>();
  private readonly timeoutMs: number;
  private nextId = 0;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }

  get size(): number {
    return this.calls.size;
  }

  /** Errors of the answer: `OVERLOADED`, `DEADLINE_EXCEEDED`, `APPLICATION_FAILED`, and that of `failAll`. */
  add(call: ApplicationCall): { readonly question: ThreadQuestion; readonly answer: Promise<CallAnswer> } {
    if (this.calls.size >= mostCalls)
      throw new RatchetError('OVERLOADED', `${mostCalls} calls wait for the application`);
    const id = this.nextId;
    this.nextId += 1;
    const answer = new Promise<CallAnswer>((resolve, reject) => {
      const settle = (outcome: CallAnswer | RatchetError) => {
        clearTimeout(timer);
        this.calls.delete(id);
        if (outcome instanceof RatchetError) reject(outcome);
        else resolve(outcome);
      };
      const timer = setTimeout(() => settle(tooLate(this.timeoutMs)), this.timeoutMs);
      this.calls.set(id, { call, attempts: 0, settle });
    });
    return { question: { kind: 'call', id, call }, answer };
  }

  /** What a new thread has to be asked. */
  questions(): readonly ThreadQuestion[] {
    return [...this.calls].map(([id, { call }]) => ({ kind: 'call', id, call }));
  }

  /** What a thread says was written by somebody else: an answer that is none is a failure of its call. */
  hear(saying: unknown): void {
    if (isPong(saying)) return;
    const told = readAnswered(saying);
    const pending = told === null ? this.oldest() : this.calls.get(told.id);
    if (told !== null && told.answer.outcomes.length === pending?.call.rows.length)
      pending.settle(told.answer);
    else pending?.settle(failure('gave an answer of another form'));
  }

  /** The one that a thread which is held up does not get past. */
  failOldest(blockMs: number): void {
    this.oldest()?.settle(tooLate(blockMs));
  }

  /** The thread ended under all of them. */
  strike(): void {
    for (const pending of [...this.calls.values()]) {
      pending.attempts += 1;
      if (pending.attempts >= mostAttempts) pending.settle(failure('ended while it answered'));
    }
  }

  failAll(error: RatchetError): void {
    for (const pending of [...this.calls.values()]) pending.settle(error);
  }

  private oldest(): Pending | undefined {
    return this.calls.values().next().value;
  }
}

const failure = (what: string) => new RatchetError('APPLICATION_FAILED', `the application ${what}`);
const tooLate = (ms: number) =>
  new RatchetError('DEADLINE_EXCEEDED', `the application did not answer within ${ms} ms`);
