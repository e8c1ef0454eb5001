import { createInterface } from 'node:readline';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ThreadQuestion, ThreadSaying } from '../../inference/application/application-messages.js';
import { startThread } from '../../inference/start-thread.js';

export interface ThreadOptions {
  /** Module of the application. */
  readonly entry: string;
  readonly memoryMiB: number;
  /** All that it finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Lines that it writes, cut where they are long. */
  readonly onLine: (line: string) => void;
}

/** An application in a thread of its own. */
export interface ApplicationThread {
  send(question: ThreadQuestion): void;
  /** Told of all that it says after `ready`, in no form that could be relied on. */
  listen(hear: (saying: unknown) => void): void;
  /** Resolves with the reason when it is gone. */
  readonly ended: Promise<string>;
  /** Ends it, whatever it does. */
  end(): Promise<void>;
}

const longestLine = 2000;

/** Error: `APPLICATION_FAILED` where it does not load within `loadMs`. */
export async function openApplicationThread(
  options: ThreadOptions,
  loadMs: number,
): Promise<ApplicationThread> {
  const { entry, memoryMiB, env, onLine } = options;
  const worker = startThread(new URL('../../inference/application/application-program', import.meta.url), {
    workerData: { entry },
    env,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB, stackSizeMb: 4 },
  });
  for (const stream of [worker.stdout, worker.stderr])
    createInterface({ input: stream }).on('line', (line) => onLine(line.slice(0, longestLine)));
  let reason = 'its thread ended';
  worker.on('error', (error: Error & { code?: string }) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    reason = isMemory ? `it took more than ${memoryMiB} MiB of memory` : error.message;
  });
  const ended = new Promise<string>((resolve) => worker.once('exit', () => resolve(reason)));
  const end = async () => {
    await worker.terminate();
  };
  const late = AbortSignal.timeout(loadMs);
  const first = await Promise.race([
    new Promise<ThreadSaying>((resolve) => worker.once('message', resolve)),
    ended.then((why): ThreadSaying => ({ kind: 'broken', reason: why })),
    new Promise<ThreadSaying>((resolve) => {
      const tooLate = () => resolve({ kind: 'broken', reason: `it took longer than ${loadMs} ms` });
      late.addEventListener('abort', tooLate, { once: true });
    }),
  ]);
  if (first.kind !== 'ready') {
    await end();
    const why = first.kind === 'broken' ? first.reason : 'it said something else';
    throw new RatchetError('APPLICATION_FAILED', `the serving application does not load: ${why}`);
  }
  return {
    send: (question) => worker.postMessage(question),
    listen: (hear) => void worker.on('message', hear),
    ended,
    end,
  };
}
