import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { messageOf } from '../../domain/errors/ratchet-error.js';

const answerMs = 2000;
const everyMs = 50;
const refusal = z.object({ error: z.string() });

/** Null where the host is well; else why it is not. */
export async function askHealth(http: string, what: 'ready' | 'live'): Promise<string | null> {
  try {
    const response = await fetch(`${http}/v2/health/${what}`, { signal: AbortSignal.timeout(answerMs) });
    const body = refusal.safeParse(await response.json());
    if (response.ok) return null;
    return body.success ? body.data.error : `it answers ${response.status}`;
  } catch (error) {
    return `it does not answer: ${messageOf(error)}`;
  }
}

/** Resolves when the host is ready. Rejects at the signal, with what it said last. */
export async function waitUntilReady(http: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const reason = await askHealth(http, 'ready');
    if (reason === null) return;
    if (signal.aborted) throw new Error(reason);
    await sleep(everyMs);
  }
}
