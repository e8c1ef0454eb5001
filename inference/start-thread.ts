import { Worker, type WorkerOptions } from 'node:worker_threads';

/** From source a thread runs through the same loader as this process. */
const isSource = import.meta.url.endsWith('.ts');

/** Starts a thread from a file of ours, named without its extension: `new URL('./evaluate-thread', import.meta.url)`. */
export function startThread(
  entry: URL,
  options: Pick<
    WorkerOptions,
    'resourceLimits' | 'workerData' | 'transferList' | 'env' | 'stdout' | 'stderr'
  > = {},
): Worker {
  const file = new URL(`${entry.href}${isSource ? '.ts' : '.js'}`);
  return new Worker(file, { ...options, ...(isSource ? { execArgv: ['--import', sourceLoader()] } : {}) });
}

/** The loader of this process does not reach into threads, and registers itself in one only when it is told to. */
function sourceLoader(): string {
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  return `data:text/javascript,import { register } from ${loader}; register();`;
}
