import { log } from '@temporalio/activity';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { patiently } from '../steps/patiently.js';

/**
 * Does something beside the real work again and again, one at a time, and once more when it is stopped: that time with
 * patience, unless the real work was aborted. It never fails the real work: what went wrong is logged.
 */
export function repeat(
  what: string,
  intervalMs: number,
  work: () => Promise<unknown>,
  signal: AbortSignal,
): { stop(): Promise<void> } {
  let turn: Promise<void> | undefined;
  const attempt = async (call: () => Promise<unknown>) => {
    try {
      await call();
    } catch (error) {
      log.warn(`${what} went wrong: ${messageOf(error)}`);
    }
  };
  const timer = setInterval(() => {
    turn ??= attempt(work).finally(() => {
      turn = undefined;
    });
  }, intervalMs);
  let stopped: Promise<void> | undefined;
  const finish = async () => {
    clearInterval(timer);
    await turn;
    await attempt(() => patiently(signal, work));
  };
  return {
    stop: () => {
      stopped ??= finish();
      return stopped;
    },
  };
}
