import type { Letter } from '../../domain/ports/outbox.js';
import { carryLetter } from './carry-letter.js';
import type { NoticeDeps } from './deps.js';

/** Lines that are worked on at the same time: a slow target holds up its own line only. */
const mostAtOnce = 16;
/** After this no further letter is begun, and the rest is for the next call. */
const workMs = 60_000;

export interface DeliveredLetters {
  /** When the next letter is due; null where none is pending. It may be past: then there is more to do at once. */
  readonly nextAt: string | null;
}

/**
 * Carries every letter that is due, each line in its order: the next letter of a line begins when the one before has
 * arrived or is given up. What a target does with a letter is written down and throws nothing; an outbox that is away does.
 */
export async function deliverLetters(deps: NoticeDeps, signal: AbortSignal): Promise<DeliveredLetters> {
  const untilMs = deps.now() + workMs;
  const lines = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const begin = (letter: Letter) => {
    const line = lineOf(letter);
    const work = carryLetter(deps, letter).catch((error: unknown) => void failures.push(error));
    lines.set(
      line,
      work.finally(() => lines.delete(line)),
    );
  };
  while (!signal.aborted && failures.length === 0 && deps.now() < untilMs) {
    const due = await deps.outbox.due(2 * mostAtOnce);
    const free = due.filter((letter) => !lines.has(lineOf(letter)));
    free.slice(0, mostAtOnce - lines.size).forEach(begin);
    if (lines.size === 0) break;
    await Promise.race(lines.values());
  }
  await Promise.all(lines.values());
  if (failures.length > 0) throw failures[0];
  return { nextAt: await deps.outbox.nextAt() };
}

function lineOf({ target, notice }: Letter): string {
  return JSON.stringify([notice.project, target, notice.model]);
}
