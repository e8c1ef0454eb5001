import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import type { EngineContainer } from '../../../domain/ports/engine.js';

const answerMs = 2000;
const everyMs = 100;
const httpPort = 8000;

/** Null where the host in a container answers that it is ready; else why it is not. */
export async function whyNotReady({ address, state }: EngineContainer): Promise<string | null> {
  if (state !== 'running' || address === null) return `its container is ${state}`;
  try {
    const response = await fetch(`http://${address}:${httpPort}/v2/health/ready`, {
      signal: AbortSignal.timeout(answerMs),
      // A replica that ends waits for those who keep a connection.
      headers: { connection: 'close' },
    });
    await response.arrayBuffer();
    return response.ok ? null : `it answers ${response.status} when asked whether it is ready`;
  } catch (error) {
    return `it does not answer: ${messageOf(error)}`;
  }
}

/** Null when it is ready; at the deadline, or once it restarts, why it is not. Rejects with the signal's reason. */
export async function waitUntilReady(
  look: () => Promise<EngineContainer | undefined>,
  withinMs: number,
  signal: AbortSignal,
): Promise<string | null> {
  const untilMs = Date.now() + withinMs;
  for (;;) {
    signal.throwIfAborted();
    const container = await look();
    if (container === undefined) return 'its container is gone';
    const reason = await whyNotReady(container);
    if (reason === null) return null;
    if (container.restarts > 0) return `it ended with code ${container.exitCode} before it was ready`;
    if (Date.now() > untilMs) return `after ${withinMs} ms ${reason}`;
    await sleep(everyMs);
  }
}
