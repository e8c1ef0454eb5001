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

/** A slot of a timetable becomes an event of the model's line. The slot's time counts, whenever this runs. */
export async function fireSchedule(input: FireScheduleInput): Promise<void> {
  const at = slotTime() ?? new Date().toISOString();
  await wakeLines(await recordSlot({ ...input, at }));
}

/** When the slot was, by the server's schedule; undefined where somebody started this by hand. */
function slotTime(): string | undefined {
  const [at] = workflowInfo().searchAttributes['TemporalScheduledStartTime'] ?? [];
  return at instanceof Date ? at.toISOString() : undefined;
}
