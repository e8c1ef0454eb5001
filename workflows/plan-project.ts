import { proxyActivities } from '@temporalio/workflow';
import type { PlanActivities } from '../activities/plans/plan-activities.js';
import type { PlanProjectInput, ProjectPlan } from '../domain/plans/project-plan.js';
import { controlOptions } from './options.js';

const { readPlan } = proxyActivities<PlanActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '4 minutes',
});

/** What applying a commit would change. It changes nothing, and is done again as often as somebody asks. */
export async function planProject(input: PlanProjectInput): Promise<ProjectPlan> {
  return readPlan(input);
}
