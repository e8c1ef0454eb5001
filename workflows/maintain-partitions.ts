import { patched, proxyActivities } from '@temporalio/workflow';
import type { PredictionActivities } from '../activities/platform/prediction-activities.js';
import { controlOptions } from './options.js';

const { makePredictionDays, dropPredictionDays, forgetPredictions, matchFeedback } =
  proxyActivities<PredictionActivities>({
    ...controlOptions,
    startToCloseTimeout: '10 minutes',
    scheduleToCloseTimeout: '50 minutes',
  });

/** What was done, in days and in rows. */
interface Maintained {
  readonly made: number;
  readonly dropped: number;
  readonly forgotten: number;
  readonly matched: number;
}

/**
 * Makes the days ahead for predictions, drops those that are kept no longer, forgets what an endpoint keeps for a shorter
 * time, and brings late feedback home. Started by a schedule.
 */
export async function maintainPartitions(): Promise<Maintained> {
  const { made } = await makePredictionDays();
  const { dropped } = await dropPredictionDays();
  const { forgotten } = patched('forget-predictions') ? await forgetPredictions() : { forgotten: 0 };
  const { matched } = await matchFeedback();
  return { made, dropped, forgotten, matched };
}
