import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** A trusted program of this machine (git, pip, npm). Foreign programs go through the launcher. */
export interface ProgramSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** An open file that the program inherits as descriptor 3, such as a lock that it must keep. */
  readonly keepOpen?: number;
}

export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why we ended it; null where it ended by itself. */
  readonly stopped: StopReason | null;
  /** The last 16 KiB. */
  readonly stderr: string;
}

export type StopReason = 'timeout' | 'output' | 'aborted';

export interface RunningProgram {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Ends the program and all it started. */
  stop(reason: StopReason): void;
  readonly end: Promise<ProgramEnd>;
}

const stderrTailBytes = 16 * 1024;

/** Starts a program in a process group of its own. `end` rejects with `PART_MISSING` where it is not installed. */
export function startProgram(spec: ProgramSpec): RunningProgram {
  const inherited = spec.keepOpen === undefined ? [] : [spec.keepOpen];
  const child = spawn(spec.command, [...spec.args], {
    env: { ...spec.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...inherited],
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
  });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) {
    throw new RatchetError('INTERNAL', `no pipes to ${spec.command}`);
  }
  let stopped: StopReason | null = null;
  const stop = (reason: StopReason) => {
    stopped ??= reason;
    endGroup(child.pid);
  };
  const abort = () => stop('aborted');
  const timer = setTimeout(() => stop('timeout'), spec.timeoutMs);
  spec.signal?.addEventListener('abort', abort, { once: true });
  if (spec.signal?.aborted === true) abort();

  let tail = Buffer.alloc(0);
  stderr.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-stderrTailBytes);
  });
  const end = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(notStarted(spec, error)));
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode, signal, stopped, stderr: tail.toString('utf8') }),
    );
  }).finally(() => {
    clearTimeout(timer);
    spec.signal?.removeEventListener('abort', abort);
  });
  // A program that ends early closes the pipe; how it ended tells more than the broken pipe does.
  stdin.on('error', () => stdin.destroy());
  return { stdin, stdout, stderr, stop, end };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}

function notStarted(spec: ProgramSpec, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT') return error;
  return new RatchetError('PART_MISSING', `the program ${spec.command} is not installed on this machine`);
}
