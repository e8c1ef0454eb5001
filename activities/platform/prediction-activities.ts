import type { PredictionDays } from '../../domain/ports/predictions.js';
import { withHeartbeats } from '../steps/heartbeats.js';

/** A week without this chore still finds its days. */
const daysAhead = 7;

/** Chores of recorded predictions. */
export function createPredictionActivities(deps: {
  readonly days: PredictionDays;
  /** Longest that a prediction is kept. */
  readonly keepDays: number;
}) {
  return {
    async makePredictionDays(): Promise<{ made: number }> {
      return withHeartbeats(async () => ({ made: await deps.days.make(daysAhead) }));
    },
    async dropPredictionDays(): Promise<{ dropped: number }> {
      return withHeartbeats(async () => ({ dropped: await deps.days.drop(deps.keepDays) }));
    },
    /** Brings feedback together with predictions that were delivered after it. */
    async matchFeedback(): Promise<{ matched: number }> {
      return withHeartbeats(async () => ({ matched: await deps.days.matchFeedback() }));
    },
  };
}
export type PredictionActivities = ReturnType<typeof createPredictionActivities>;
