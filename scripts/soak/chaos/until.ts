import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const lookMs = 20;

/** Looks until there is an answer. Error: says what never came. */
export async function until<T>(
  what: string,
  patienceMs: number,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  for (const giveUp = performance.now() + patienceMs; ; await sleep(lookMs)) {
    const found = await unlessAway(look);
    if (found !== undefined) return found;
    if (performance.now() > giveUp) throw new Error(`${what}: not after ${patienceMs / 1000} s`);
  }
}

/** A part that was just killed gives no answer for a while. */
async function unlessAway<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'PART_UNAVAILABLE') return undefined;
    throw error;
  }
}
