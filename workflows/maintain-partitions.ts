import { proxyActivities } from '@temporalio/workflow';
import type { PredictionActivities } from '../activities/platform/prediction-activities.js';
import { controlOptions } from './options.js';

const { makePredictionDays, dropPredictionDays, matchFeedback } = proxyActivities<PredictionActivities>({
  ...controlOptions,
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '50 minutes',
});

/** Makes the days ahead for predictions, drops those that are kept no longer, and brings late feedback home. Started by a schedule. */
export async function maintainPartitions(): Promise<{ made: number; dropped: number; matched: number }> {
  const { made } = await makePredictionDays();
  const { dropped } = await dropPredictionDays();
  const { matched } = await matchFeedback();
  return { made, dropped, matched };
}
