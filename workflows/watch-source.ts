import { proxyActivities } from '@temporalio/workflow';
import type { SourceActivities } from '../activities/triggers/source-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import { controlOptions } from './options.js';

const { lookForData } = proxyActivities<SourceActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
  retry: { ...controlOptions.retry, maximumInterval: '1 minute' },
});
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

export interface WatchSourceInput {
  readonly project: string;
  readonly model: string;
  /** Key of `triggers.newData`. */
  readonly name: string;
}

/** Looks whether a source has new rows. One that is down is told of once and
 * looked at until it answers: it is never "no new rows". */
export async function watchSource(input: WatchSourceInput): Promise<void> {
  await wakeLines(await lookForData(input));
}
