import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

const firstPauseMs = 50;
const longestPauseMs = 2000;
/** About fifteen seconds: as long as a part takes to be started again. */
const tries = 13;

/**
 * Does a small thing again while the part that it needs is away, so that hours of work before it are not done again for
 * a moment's outage. Another error, the last one, and an abort are thrown.
 */
export async function patiently<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  for (let pauseMs = firstPauseMs, left = tries; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await call();
    } catch (error) {
      left -= 1;
      const isAway = error instanceof RatchetError && error.entry.kind === 'unavailable' && error.entry.retry;
      if (!isAway || left === 0) throw error;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
