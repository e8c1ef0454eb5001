import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApplicationCall, CallAnswer } from '../../inference/application/application-messages.js';
import { type ApplicationThread, openApplicationThread, type ThreadOptions } from './application-thread.js';
import { PendingCalls } from './pending-calls.js';

export interface RunnerOptions extends ThreadOptions {
  /** How long it may hold up its thread before it is ended and started anew. */
  readonly blockMs: number;
  /** How long one call may take, waiting for others included. */
  readonly timeoutMs: number;
  /** Told with the reason when it ended and is started anew, and when that failed. */
  readonly onRestart: (reason: string) => void;
}

const longestRestMs = 5000;
const loadMs = 30_000;
const stopped = () => new RatchetError('MODEL_NOT_READY', 'the server is being stopped');

/** An application that answers, and is started anew when it breaks. */
export class ApplicationRunner {
  private readonly options: RunnerOptions;
  private readonly pending: PendingCalls;
  private readonly looking: NodeJS.Timeout;
  private thread: ApplicationThread | null = null;
  private isClosed = false;
  private heardAt = 0;
  private lookedAt = 0;

  private constructor(options: RunnerOptions, thread: ApplicationThread) {
    this.options = options;
    this.pending = new PendingCalls(options.timeoutMs);
    this.looking = setInterval(() => this.look(), Math.max(5, Math.floor(options.blockMs / 4)));
    this.looking.unref();
    this.use(thread);
  }

  /** Error: `APPLICATION_FAILED` where it does not load. */
  static async open(options: RunnerOptions): Promise<ApplicationRunner> {
    return new ApplicationRunner(options, await openApplicationThread(options, loadMs));
  }

  get isReady(): boolean {
    return this.thread !== null && !this.isClosed;
  }

  /**
   * One outcome a row. Errors: `DEADLINE_EXCEEDED`, `OVERLOADED`, `APPLICATION_FAILED` where it broke while it answered,
   * `MODEL_NOT_READY` where the server is being stopped.
   */
  async run(call: ApplicationCall): Promise<CallAnswer> {
    if (this.isClosed) throw stopped();
    if (this.pending.size === 0) this.heardAt = performance.now();
    const { question, answer } = this.pending.add(call);
    this.thread?.send(question);
    return await answer;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.looking);
    this.pending.failAll(stopped());
    await this.thread?.end();
  }

  private use(thread: ApplicationThread): void {
    this.thread = thread;
    this.heardAt = performance.now();
    thread.listen((saying) => {
      this.heardAt = performance.now();
      this.pending.hear(saying);
    });
    for (const question of this.pending.questions()) thread.send(question);
    void thread.ended.then((reason) => this.restart(reason));
  }

  private async restart(reason: string): Promise<void> {
    this.thread = null;
    if (this.isClosed) return;
    this.options.onRestart(reason);
    this.pending.strike();
    for (let tries = 0; !this.isClosed; tries += 1) {
      await sleep(Math.min(longestRestMs, 50 * 2 ** tries));
      try {
        const opened = await openApplicationThread(this.options, loadMs);
        if (this.isClosed) return await opened.end();
        return this.use(opened);
      } catch (error) {
        this.options.onRestart(messageOf(error));
      }
    }
  }

  /** A thread that turns round and round answers no ping. */
  private look(): void {
    const { blockMs } = this.options;
    const now = performance.now();
    // Held up itself, this process has not heard what the thread may have said.
    if (now - this.lookedAt > blockMs / 2) this.heardAt = now;
    this.lookedAt = now;
    if (this.thread === null || this.pending.size === 0) return;
    if (now - this.heardAt <= blockMs) {
      this.thread.send({ kind: 'ping' });
      return;
    }
    this.pending.failOldest(blockMs);
    this.heardAt = now;
    void this.thread.end();
  }
}
