import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../domain/errors/ratchet-error.js';

/** A line, and what it is about: of each thing only what changed is told. */
export type FollowedLine = readonly [about: string, line: string];

const intervalMs = 400;

/** A gateway that is restarted is back within this; a longer silence ends the watching, not what is watched. */
const patienceMs = 60_000;

/** Asks again and again until what it asks for has ended, and calls `tell` with a line for every change. */
export async function followToEnd<T extends { readonly endedAt: string | null }>(
  ask: () => Promise<T>,
  linesOf: (found: T) => readonly FollowedLine[],
  tell: (line: string) => void,
): Promise<T> {
  const told = new Map<string, string>();
  let lastAnswerMs = Date.now();
  for (;;) {
    try {
      const found = await ask();
      lastAnswerMs = Date.now();
      for (const [about, line] of linesOf(found)) {
        if (told.get(about) === line) continue;
        told.set(about, line);
        tell(line);
      }
      if (found.endedAt !== null) return found;
    } catch (error) {
      const away = error instanceof RatchetError && error.entry.kind === 'unavailable';
      if (!away || Date.now() - lastAnswerMs > patienceMs) throw error;
    }
    await sleep(intervalMs);
  }
}
