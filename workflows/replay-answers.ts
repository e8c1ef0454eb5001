import { proxyActivities } from '@temporalio/workflow';
import type { MonitoringActivities } from '../activities/monitoring/monitoring-activities.js';
import type { ReplayAnswersInput, ReplayedAnswers } from '../domain/lifecycle/replay-answers.js';
import { servingOptions } from './options.js';

/** Somebody waits for the answer, and joins it where they ask again. */
const { replayRecorded } = proxyActivities<MonitoringActivities>({
  ...servingOptions,
  scheduleToCloseTimeout: '30 minutes',
});

/** What an endpoint answered in a span of time, beside what the same model files answer today. It changes nothing. */
export async function replayAnswers(input: ReplayAnswersInput): Promise<ReplayedAnswers> {
  return await replayRecorded(input);
}
