import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ScheduleActivities } from '../activities/triggers/schedule-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import { controlOptions } from './options.js';

const { recordSlot } = proxyActivities<ScheduleActivities>(controlOptions);
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

export interface FireScheduleInput {
  readonly project: string;
  readonly model: string;
  readonly schedule: string;
}

/** What a tick of a timetable stands for becomes events of the model's line. The slot's time counts, whenever this runs. */
export async function fireSchedule(input: FireScheduleInput): Promise<void> {
  const at = tickTime() ?? new Date().toISOString();
  const startedAt = workflowInfo().startTime.toISOString();
  await wakeLines(await recordSlot({ ...input, at, startedAt }));
}

/** When the tick was, by the server's schedule; undefined where somebody started this by hand. */
function tickTime(): string | undefined {
  const [at] = workflowInfo().searchAttributes['TemporalScheduledStartTime'] ?? [];
  return at instanceof Date ? at.toISOString() : undefined;
}
