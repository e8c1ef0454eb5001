import type { PredictionDays } from '../../domain/ports/predictions.js';
import type { ServedMinutes } from '../../domain/ports/served-minutes.js';
import { withHeartbeats } from '../steps/heartbeats.js';

/** A week without this chore still finds its days. */
const daysAhead = 7;
/** In one transaction, so that none is long. */
const mostForgotten = 20_000;
/** What servers counted: by the minute for who looks into yesterday, by the hour for who compares with a year ago. */
const keptCounts = { keepMinutesDays: 8, keepHoursDays: 400 } as const;

/** Chores of recorded predictions. */
export function createPredictionActivities(deps: {
  readonly days: PredictionDays;
  readonly minutes: Pick<ServedMinutes, 'forget'>;
  /** Longest that a prediction is kept. */
  readonly keepDays: number;
}) {
  return {
    async makePredictionDays(): Promise<{ made: number }> {
      return withHeartbeats(async () => ({ made: await deps.days.make(daysAhead) }));
    },
    async dropPredictionDays(): Promise<{ dropped: number }> {
      return withHeartbeats(async () => {
        await deps.minutes.forget(keptCounts);
        return { dropped: await deps.days.drop(deps.keepDays) };
      });
    },
    /** What endpoints keep for a shorter time. */
    async forgetPredictions(): Promise<{ forgotten: number }> {
      return withHeartbeats(async (signal) => {
        let forgotten = 0;
        for (let some = mostForgotten; some === mostForgotten; forgotten += some) {
          signal.throwIfAborted();
          some = await deps.days.forget(mostForgotten);
        }
        return { forgotten };
      });
    },
    /** Brings feedback together with predictions that were delivered after it. */
    async matchFeedback(): Promise<{ matched: number }> {
      return withHeartbeats(async () => ({ matched: await deps.days.matchFeedback() }));
    },
  };
}
export type PredictionActivities = ReturnType<typeof createPredictionActivities>;
