import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Launcher } from '../../../domain/ports/launcher.js';

/** Starts programs as they are, without any isolation: what the sandbox adds has tests of its own. */
export function createDirectLauncher(): Launcher {
  return {
    inspect: async () => ({ tier: 'none', tiers: [] }),
    launch: async (spec, signal) => {
      const [program = '', ...args] = spec.command;
      const started = Date.now();
      const child = spawn(program, args, {
        cwd: spec.cwd,
        env: { ...spec.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const stop = () => child.kill('SIGKILL');
      signal?.addEventListener('abort', stop, { once: true });
      const timer = setTimeout(stop, spec.limits.wallMs);
      let tail = '';
      const logFile = spec.logFile;
      if (logFile !== undefined) {
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk: Buffer) => appendFileSync(logFile, chunk));
      }
      createInterface(child.stdout).on('line', (line) => spec.onLine?.('stdout', line));
      child.stderr.on('data', (chunk: Buffer) => {
        tail = (tail + chunk.toString('utf8')).slice(-4096);
      });
      const [exitCode, killedBy] = (await once(child, 'close')) as [number | null, string | null];
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      const wallMs = Date.now() - started;
      const limit = killedBy !== null && wallMs >= spec.limits.wallMs ? 'wall' : null;
      return {
        exitCode,
        signal: killedBy,
        limit,
        cancelled: signal?.aborted ?? false,
        tier: 'none',
        wallMs,
        peakMemoryBytes: 0,
        outputCut: false,
        tail,
      };
    },
  };
}
