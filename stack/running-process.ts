import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, type ProcessIdentity } from '../machine/process-identity.js';
import { parseReadyLine } from './readiness.js';
import { type PartCommand, spawnPart } from './spawn-part.js';

/** One process of a part, from its start to its end. */
export class RunningProcess {
  readonly identity: ProcessIdentity | null;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  /** Resolves when it wrote its ready line; never, for a program that writes none. */
  readonly saidReady: Promise<void>;
  readonly #child: ChildProcess;

  constructor(command: PartCommand, deathSignal: NodeJS.Signals, onLine: (line: string) => void) {
    const child = spawnPart(command, deathSignal);
    this.#child = child;
    this.identity = child.pid === undefined ? null : (identify(child.pid) ?? null);
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`an error: ${error.message}`));
      child.once('exit', (code, signal) =>
        resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
      );
    });
    this.saidReady = new Promise((resolve) => {
      const line = (text: string) => {
        onLine(text);
        if (parseReadyLine(text) !== undefined) resolve();
      };
      if (child.stdout !== null) createInterface(child.stdout).on('line', line);
      if (child.stderr !== null) createInterface(child.stderr).on('line', onLine);
    });
  }

  get isRunning(): boolean {
    const { pid, exitCode, signalCode } = this.#child;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  /** Ends it with the signal. False where SIGKILL was needed, because the grace time was over. */
  async end(signal: NodeJS.Signals, graceMs: number): Promise<boolean> {
    if (!this.isRunning) return true;
    this.#child.kill(signal);
    const grace = new AbortController();
    const late = sleep(graceMs, true, { signal: grace.signal }).catch(() => false);
    const isLate = await Promise.race([this.ended.then(() => false), late]);
    grace.abort();
    if (isLate) this.kill();
    await this.ended;
    return !isLate;
  }

  /** SIGKILL to it and to what it started within its process group. */
  kill(): void {
    if (this.isRunning && this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
  }
}
