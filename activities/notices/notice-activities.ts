import { withHeartbeats } from '../steps/heartbeats.js';
import { type DeliveredLetters, deliverLetters } from './deliver-letters.js';
import type { NoticeDeps } from './deps.js';

/** The outbox and the world outside. */
export function createNoticeActivities(deps: NoticeDeps) {
  return {
    async deliverLetters(): Promise<DeliveredLetters> {
      return await withHeartbeats((signal) => deliverLetters(deps, signal));
    },
  };
}
export type NoticeActivities = ReturnType<typeof createNoticeActivities>;
