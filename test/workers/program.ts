import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../stack/package-root.js';

export type ProgramName = 'gateway' | 'orchestrator' | 'cpu' | 'gpu' | 'serving' | 'endpoints';

/** One of our processes as it is run in production: compiled, in a process of its own. */
export interface Program {
  readonly name: ProgramName;
  readonly pid: number;
  /** Where it answers: the gateway its requests, a worker its metrics. */
  readonly url: string;
  /** SIGTERM, and SIGKILL where it does not end by that; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

const files: Readonly<Record<ProgramName, string>> = {
  gateway: 'gateway/main.js',
  orchestrator: 'workers/orchestrator.js',
  cpu: 'workers/cpu.js',
  gpu: 'workers/gpu.js',
  serving: 'workers/serving.js',
  endpoints: 'serving/supervisor/main.js',
};

const stopGraceMs = 15_000;

/** Starts a program and waits until it says that it is ready. What it said on its way to an early end is the error. */
export async function startProgram(
  name: ProgramName,
  env: Readonly<Record<string, string>>,
): Promise<Program> {
  const program = join(packageRoot(), 'dist', files[name]);
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'exit');
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4000);
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
    await gone;
    clearTimeout(force);
  };
  const url = await new Promise<string>((resolve, reject) => {
    const early = () => reject(new Error(`${name} ended before it was ready: ${stderr}`));
    child.once('exit', early);
    // Lines are read to the end of the process, or its pipe would fill.
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve((JSON.parse(line) as { url: string }).url);
    });
  });
  return { name, pid: child.pid ?? 0, url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
