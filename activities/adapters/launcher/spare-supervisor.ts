import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./sandbox/main.py', import.meta.url));

/** Starting a process takes this one's time too, which is needed right after a launch. */
const restMs = 250;

/** Keeps one supervisor warm, so that a launch does not wait for an interpreter to start (about 50 ms). */
export interface SpareSupervisor {
  /** The warm process, or a fresh one while there is none. It waits for its job. */
  take(): ChildProcess;
}

/**
 * The first spare is started a moment after the first supervisor taken has ended. It does not keep this process alive,
 * and ends with it: it reads the end of its input.
 */
export function keepSpareSupervisor(python: string): SpareSupervisor {
  let spare: ChildProcess | null = null;

  function warm(): void {
    if (spare !== null) return;
    const fresh = startSupervisor(python);
    hold(fresh, false);
    spare = fresh;
    const forget = () => {
      if (spare === fresh) spare = null;
    };
    fresh.once('exit', forget);
    fresh.once('error', forget);
  }

  return {
    take: () => {
      const supervisor = spare ?? startSupervisor(python);
      spare = null;
      hold(supervisor, true);
      supervisor.once('exit', () => setTimeout(warm, restMs).unref());
      return supervisor;
    },
  };
}

/** A supervisor that waits for its first line. Where Python cannot be started it tells so as an `error`. */
export function startSupervisor(python: string): ChildProcess {
  return spawn(python, ['-I', '-S', program], {
    detached: true,
    cwd: '/',
    env: { LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
}

/** Whether the process keeps this one's event loop alive. */
function hold(child: ChildProcess, kept: boolean): void {
  const change = kept ? 'ref' : 'unref';
  child[change]();
  for (const stream of child.stdio) (stream as Socket | null)?.[change]();
}
