import { patched, proxyActivities } from '@temporalio/workflow';
import type { PlanActivities } from '../activities/plans/plan-activities.js';
import type { GitTriggerActivities } from '../activities/triggers/git-trigger-activities.js';
import type { ScheduleActivities } from '../activities/triggers/schedule-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import { controlOptions } from './options.js';
import { followRef, tryToApply } from './steps/follow-ref.js';

const options = { ...controlOptions, scheduleToCloseTimeout: '10 minutes' } as const;
const { trackedRefs } = proxyActivities<GitTriggerActivities>(options);
const { wakeLines } = proxyActivities<TriggerActivities>(options);
const { findRowDrift } = proxyActivities<PlanActivities>(options);
const { declareSchedules } = proxyActivities<ScheduleActivities>(options);

/**
 * Compares what a repository has with what was handled, in case a webhook never came, and the rows and schedules of its
 * project with what it says, in case somebody changed them by hand. Started by a schedule.
 */
export async function reconcileRefs(input: { readonly project: string }): Promise<void> {
  for (const ref of await trackedRefs(input)) {
    const { wakes } = await followRef({ project: input.project, ref });
    await wakeLines(wakes);
  }
  if (patched('put-back-rows')) {
    const drifted = await findRowDrift(input);
    if (drifted !== null) await tryToApply(drifted);
  }
  await declareSchedules(input);
}
