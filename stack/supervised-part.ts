import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { PartLog, tailOf } from '../machine/part-log.js';
import type { ProcessIdentity } from '../machine/process-identity.js';
import { askUntilReady } from './readiness.js';
import { RunningProcess } from './running-process.js';
import type { PartCommand } from './spawn-part.js';
import type { PartState } from './stack-file.js';

/** One part as the supervisor sees it. */
export interface PartSpec {
  readonly name: string;
  readonly address: string;
  /** Where its program was found. */
  readonly source: string;
  readonly command: PartCommand;
  /** Run before every start: clears what a crash left. */
  readonly prepare?: () => Promise<void>;
  /** Asked until true; without it the part says so itself, with a ready line. */
  readonly ask?: (signal: AbortSignal) => Promise<boolean>;
  /** Run when it has ended for good. */
  readonly afterStop?: () => void;
  readonly startTimeoutMs: number;
  readonly stopSignal: NodeJS.Signals;
  /** After the stop signal, how long until SIGKILL. */
  readonly stopGraceMs: number;
  readonly logFile: string;
  /** Texts that must not reach the log. */
  readonly secrets: readonly string[];
}

/** Told about every change, at once, so that a record on disk is never behind. */
export interface PartWatcher {
  changed(part: SupervisedPart): void;
  log(part: string, text: string): void;
}

const firstBackoffMs = 250;
const lastBackoffMs = 15_000;
/** A part that was ready for so long starts its backoff anew. */
const steadyMs = 30_000;

/** A part that is started, watched, started again when it dies, and stopped. */
export class SupervisedPart {
  readonly spec: PartSpec;
  state: PartState = 'starting';
  identity: ProcessIdentity | null = null;
  restarts = 0;
  lastExit: string | null = null;
  readonly #watcher: PartWatcher;
  readonly #log: PartLog;
  readonly #stopping = new AbortController();
  #running: RunningProcess | undefined;
  #guard: Promise<void> = Promise.resolve();

  constructor(spec: PartSpec, watcher: PartWatcher) {
    this.spec = spec;
    this.#watcher = watcher;
    this.#log = new PartLog(spec.logFile, spec.secrets);
  }

  /** Resolves when the part is ready. Error: `PART_UNAVAILABLE` with the end of its log. */
  async start(): Promise<void> {
    const running = await this.#startOnce();
    this.#guard = this.#keepAlive(running);
  }

  /** Ends the part within its grace time, ready or not; it is not started again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#end();
    await this.#guard;
    this.spec.afterStop?.();
    this.#become('stopped', null);
    this.#log.close();
  }

  /** Ends the part at once, without waiting. */
  kill(): void {
    this.#stopping.abort();
    this.#running?.kill();
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #startOnce(): Promise<RunningProcess> {
    await this.spec.prepare?.();
    if (this.#isStopping) throw this.#failure('it was stopped');
    const { command, stopSignal } = this.spec;
    const running = new RunningProcess(command, stopSignal, (line) => this.#log.write(`${line}\n`));
    this.#running = running;
    this.#become(this.state, running.identity);
    const problem = await this.#waitUntilReady(running);
    if (problem !== undefined) {
      await this.#end();
      throw this.#failure(problem);
    }
    this.#become('ready', running.identity);
    return running;
  }

  /** What went wrong, or undefined when it is ready. */
  async #waitUntilReady(running: RunningProcess): Promise<string | undefined> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#stopping.signal]);
    const { ask, startTimeoutMs } = this.spec;
    const ready = ask === undefined ? running.saidReady : askUntilReady(ask, signal);
    const late = sleep(startTimeoutMs, `it was not ready after ${startTimeoutMs / 1000} s`, { signal });
    const ended = running.ended.then((how) => `it ended with ${how}`);
    try {
      return await Promise.race([ready.then(() => undefined), ended, late]);
    } catch (error) {
      if (this.#isStopping) return 'it was stopped';
      throw error;
    } finally {
      over.abort();
      await Promise.allSettled([ready === running.saidReady ? undefined : ready, late]);
    }
  }

  async #keepAlive(first: RunningProcess): Promise<void> {
    let running: RunningProcess | undefined = first;
    let backoffMs = firstBackoffMs;
    while (running !== undefined) {
      const since = Date.now();
      this.lastExit = await running.ended;
      if (this.#isStopping) return;
      if (Date.now() - since > steadyMs) backoffMs = firstBackoffMs;
      this.#become('restarting', null);
      this.#watcher.log(this.spec.name, `ended with ${this.lastExit}, starts again`);
      running = undefined;
      while (running === undefined && !this.#isStopping) {
        running = await this.#startAgain(backoffMs);
        backoffMs = Math.min(backoffMs * 2, lastBackoffMs);
      }
    }
  }

  /** One more try after a pause; undefined where it failed or the part was told to stop. */
  async #startAgain(pauseMs: number): Promise<RunningProcess | undefined> {
    try {
      await sleep(pauseMs, undefined, { signal: this.#stopping.signal });
      this.restarts += 1;
      const running = await this.#startOnce();
      this.#watcher.log(this.spec.name, 'is ready again');
      return running;
    } catch (error) {
      if (!this.#isStopping) this.#watcher.log(this.spec.name, messageOf(error));
      return undefined;
    }
  }

  async #end(): Promise<void> {
    const { stopSignal, stopGraceMs, name } = this.spec;
    const inTime = (await this.#running?.end(stopSignal, stopGraceMs)) ?? true;
    if (!inTime) this.#watcher.log(name, `was killed, ${stopGraceMs} ms after ${stopSignal}`);
  }

  #failure(problem: string): RatchetError {
    const { name, logFile } = this.spec;
    const message = `${name} did not start: ${problem}; the end of ${logFile}:\n${tailOf(logFile, 15)}`;
    return new RatchetError('PART_UNAVAILABLE', message, { part: name, log: logFile });
  }

  #become(state: PartState, identity: ProcessIdentity | null): void {
    this.state = state;
    this.identity = identity;
    this.#watcher.changed(this);
  }
}
