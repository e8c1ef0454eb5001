import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../domain/errors/ratchet-error.js';

/**
 * How a process of ours says that it is ready: one line on standard output that begins with `{"ready":true`, JSON,
 * such as `{"ready":true,"process":"gateway","url":"http://127.0.0.1:8400"}`. It is written once, when the process can
 * do its work: the gateway listens, a worker polls its queue.
 */
export interface ReadyLine {
  readonly ready: true;
  readonly process?: string;
  readonly url?: string;
}

const beginning = '{"ready":true';

/** The ready line in this line of output, or undefined. */
export function parseReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith(beginning)) return undefined;
  try {
    return JSON.parse(line) as ReadyLine;
  } catch (cause) {
    throw new RatchetError('INTERNAL', `a ready line is not JSON: ${line.slice(0, 200)}`, {}, { cause });
  }
}

/** Asks until the answer is true or `signal` is aborted; an answer that throws counts as not yet. */
export async function askUntilReady(
  ask: (signal: AbortSignal) => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await answered(ask)) return;
    await sleep(50, undefined, { signal });
  }
}

async function answered(ask: (signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
  try {
    return await ask(AbortSignal.timeout(2000));
  } catch {
    return false;
  }
}

/** Whether a GET of this address answers with one of these statuses. */
export async function httpAnswers(
  url: string,
  statuses: readonly number[],
  signal: AbortSignal,
): Promise<boolean> {
  const response = await fetch(url, { signal });
  await response.arrayBuffer();
  return statuses.includes(response.status);
}
