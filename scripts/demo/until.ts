import { setTimeout as sleep } from 'node:timers/promises';

/** Generous: it tells a hang, also on a machine that is busy with other things. */
const patienceMs = 180_000;

/** Asks again and again until there is an answer. Error: after three minutes, naming what it waited for. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const beganMs = Date.now();
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() - beganMs > patienceMs) throw new Error(`${what}: not within ${patienceMs / 1000} s`);
    await sleep(200);
  }
}
