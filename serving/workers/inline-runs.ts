import { messageOf } from '../../domain/errors/ratchet-error.js';
import { cleanReason } from '../../inference/clean-reason.js';
import { openSession, runSession } from './run-session.js';
import type { RunEnd } from './thread.js';
import type { ThreadBatch, ThreadStart } from './thread-messages.js';

/**
 * Far more than was measured. On a busy machine one run may wait for the processor as long; several in a row say that
 * the model is not what it was measured to be.
 */
const slowNs = 20e6;
const mostSlow = 3;

/** Runs on the thread that reads requests, which waits for them. */
export interface InlineRuns {
  /** False once runs took far longer than was measured, one after the other. */
  readonly isOpen: boolean;
  /** One at a time. Never rejects. */
  run(batch: ThreadBatch): Promise<RunEnd>;
  close(): Promise<void>;
}

/** Rejects where the session cannot be opened. */
export async function openInlineRuns(start: ThreadStart): Promise<InlineRuns> {
  const session = await openSession(start);
  let slow = 0;
  return {
    get isOpen() {
      return slow < mostSlow;
    },
    run: async (batch) => {
      try {
        const answer = await runSession(session, start.interface, batch);
        slow = answer.computeNs > slowNs ? slow + 1 : 0;
        return answer;
      } catch (error) {
        return { kind: 'failed', reason: cleanReason(messageOf(error)) };
      }
    },
    close: () => session.release(),
  };
}
