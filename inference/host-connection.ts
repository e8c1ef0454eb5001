import { fork } from 'node:child_process';
import { ownProgram } from '../machine/own-program.js';
import type { HostReply, HostRequest } from './messages.js';

/** How a host process ended. */
export interface HostEnd {
  readonly signal: string | null;
  readonly code: number | null;
}

/** One host process, seen from its parent. */
export interface HostConnection {
  /** Answers come in the order of the questions; null when the process ended before it answered. */
  ask(request: HostRequest): Promise<HostReply | null>;
  /** Resolves when the process is gone, however it ended. */
  readonly ended: Promise<HostEnd>;
  /** SIGKILL: a model that loops hears nothing else. */
  kill(): void;
  /** Whether the process keeps its parent's event loop alive; it does unless told otherwise. */
  hold(kept: boolean): void;
}

const program = ownProgram(import.meta.url, './host-process');

/** Where the libraries of a GPU lie, and which GPU may be used. */
const keptVariables = ['PATH', 'LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES'];

/** Starts a host process with a clean environment; it ends when this process does. */
export function forkHost(): HostConnection {
  const child = fork(program.file, [String(process.pid)], {
    cwd: '/',
    env: {
      ...Object.fromEntries(keptVariables.map((name) => [name, process.env[name]])),
      ORT_DISABLE_TELEMETRY: '1',
    },
    execArgv: [...program.execArgv, '--max-old-space-size=256'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const waiting: ((reply: HostReply) => void)[] = [];
  child.on('message', (reply) => waiting.shift()?.(reply as HostReply));
  const ended = new Promise<HostEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: child.exitCode, signal: child.signalCode }));
  });
  return {
    ended,
    ask: (request) => {
      const reply = new Promise<HostReply>((resolve) => waiting.push(resolve));
      // A question that cannot be sent finds a process that is ending: its end answers.
      child.send(request, () => undefined);
      return Promise.race([reply, ended.then(() => null)]);
    },
    kill: () => child.kill('SIGKILL'),
    hold: (kept) => {
      const change = kept ? 'ref' : 'unref';
      child[change]();
      child.channel?.[change]();
    },
  };
}
