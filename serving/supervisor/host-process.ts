import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { leanNode } from '../../domain/serving/lean-node.js';
import { ownProgram } from '../../machine/own-program.js';
import { identify, type ProcessIdentity } from '../../machine/process-identity.js';
import { type HostOrder, supervised } from '../heed-supervisor.js';

/** Which of an endpoint's addresses a connection came to. */
export type Protocol = 'http' | 'grpc';

export interface HostCommand {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly memoryMiB: number;
  /** A line that it wrote. */
  readonly onLine: (line: string) => void;
}

/** Where it answers whoever started it. */
export interface HostAddresses {
  readonly http: string;
  readonly metrics: string;
}

const program = ownProgram(import.meta.url, '../main');
const leavingShape = z.object({ leaving: z.literal(true) });
const saidShape = z.discriminatedUnion('ready', [
  z.object({ ready: z.literal(true), http: z.string(), metrics: z.string() }),
  z.object({ ready: z.literal(false), code: z.string(), message: z.string() }),
]);
/** After the time for what it answers, how long it may take to put things away. */
const lastWordsMs = 5000;

/** One serving host, from its start to its end. */
export class HostProcess {
  readonly identity: ProcessIdentity | null;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  /** Resolves when it says that it is ending, before it does. */
  readonly leaves: Promise<void>;
  /** Rejects with why it does not listen. */
  readonly listens: Promise<HostAddresses>;
  readonly #child: ChildProcess;
  #isLeaving = false;

  constructor({ env, cwd, memoryMiB, onLine }: HostCommand) {
    const child = fork(program.file, [supervised], {
      env,
      cwd,
      execArgv: [...program.execArgv, ...leanNode.options, `--max-old-space-size=${memoryMiB}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.identity = child.pid === undefined ? null : (identify(child.pid) ?? null);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface(stream).on('line', onLine);
    }
    this.ended = endOf(child);
    this.leaves = new Promise((resolve) => {
      child.on('message', (said) => {
        if (!leavingShape.safeParse(said).success) return;
        this.#isLeaving = true;
        // Behind every connection that was handed over before.
        this.#order({ left: true });
        resolve();
      });
    });
    this.listens = this.#heard();
    this.listens.catch(() => undefined);
  }

  /** Hands over a connection. False where it cannot be: then it is still the caller's. */
  take(protocol: Protocol, connection: Socket): boolean {
    if (!this.#child.connected || this.#isLeaving) return false;
    this.#order({ take: protocol }, connection);
    return true;
  }

  /** Lets it answer what it has, and ends it after that time at the latest. */
  async stop(drainMs: number): Promise<void> {
    // Behind every connection that was handed over, where a signal would come before.
    this.#order({ stop: { drainMs } });
    const late = setTimeout(() => this.kill(), drainMs + lastWordsMs);
    await this.ended;
    clearTimeout(late);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #order(order: HostOrder, connection?: Socket): void {
    // One that cannot be told is ending, which is seen elsewhere.
    if (!this.#child.connected) return;
    this.#child.send(order, connection, {}, (error) => {
      if (error !== null) connection?.destroy();
    });
  }

  async #heard(): Promise<HostAddresses> {
    const failed = this.ended.then((how) => Promise.reject(new Error(`it ended with ${how}`)));
    const [message] = await Promise.race([once(this.#child, 'message'), failed]);
    const said = saidShape.parse(message);
    if (!said.ready) throw new Error(`${said.code}: ${said.message}`);
    return { http: said.http, metrics: said.metrics };
  }
}

/** After its end, how long its last lines may take; what it started may hold its output open. */
const lastLinesMs = 500;

async function endOf(child: ChildProcess): Promise<string> {
  const closed = once(child, 'close').catch(() => undefined);
  const how = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(`an error: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  await Promise.race([closed, sleep(lastLinesMs, undefined, { ref: false })]);
  return how;
}
