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
  /** Most rows of a batch; 0 once runs took far longer than was measured, one after the other. */
  readonly mostRows: number;
  readonly isAtWork: boolean;
  /** One at a time. Never rejects. */
  run(batch: ThreadBatch): Promise<RunEnd>;
  close(): Promise<void>;
}

/** Rejects where the session cannot be opened. */
export async function openInlineRuns(start: ThreadStart, measuredRows: number): Promise<InlineRuns> {
  const session = await openSession(start);
  let slow = 0;
  let isAtWork = false;
  return {
    get mostRows() {
      return slow < mostSlow ? measuredRows : 0;
    },
    get isAtWork() {
      return isAtWork;
    },
    run: async (batch) => {
      isAtWork = true;
      try {
        const answer = await runSession(session, start.interface, batch);
        slow = answer.computeNs > slowNs ? slow + 1 : 0;
        return answer;
      } catch (error) {
        return { kind: 'failed', reason: cleanReason(messageOf(error)) };
      } finally {
        isAtWork = false;
      }
    },
    close: () => session.release(),
  };
}
