import { Worker, type WorkerOptions } from 'node:worker_threads';
import { ownFile } from '../machine/own-program.js';

/** Starts a thread from a file of ours, named without its extension: `new URL('./evaluate-thread', import.meta.url)`. */
export function startThread(
  entry: URL,
  options: Pick<
    WorkerOptions,
    'resourceLimits' | 'workerData' | 'transferList' | 'env' | 'stdout' | 'stderr'
  > = {},
): Worker {
  const { url, isSource } = ownFile(entry);
  return new Worker(url, { ...options, ...(isSource ? { execArgv: ['--import', sourceLoader()] } : {}) });
}

/** The loader of this process does not reach into threads, and registers itself in one only when it is told to. */
function sourceLoader(): string {
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  return `data:text/javascript,import { register } from ${loader}; register();`;
}
