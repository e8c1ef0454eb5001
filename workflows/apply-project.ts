import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { patched, proxyActivities, startChild } from '@temporalio/workflow';
import type { ProjectActivities } from '../activities/projects/project-activities.js';
import type { ScheduleActivities } from '../activities/triggers/schedule-activities.js';
import type { ApplyProjectInput, ApplyProjectResult } from '../domain/lifecycle/apply-project.js';
import type { ChangeProjectInput } from '../domain/lifecycle/change-project.js';
import { searchAttributes, workflowIds } from '../domain/names.js';
import { wake } from './approvals/wake.js';
import { changeProject } from './change-project.js';
import { runSearchKeys } from './messages/search-keys.js';
import { controlOptions } from './options.js';
import { startRelease } from './steps/start-release.js';

const { readProject } = proxyActivities<ProjectActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '2 minutes',
});

const { declareSchedules } = proxyActivities<ScheduleActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '10 minutes',
});

/** Puts what a repository says about its project in force, or asks the people who decide about that. */
export async function applyProject(input: ApplyProjectInput): Promise<ApplyProjectResult> {
  const { asks = null, wakes = [], releases = [], ...applied } = await readProject(input);
  for (const approval of wakes) await wake(approval);
  if (asks !== null) await begin(asks);
  for (const release of releases) await startRelease(release);
  if (patched('declare-schedules')) await declareSchedules({ project: applied.project });
  return applied;
}

/** Goes on by itself, for weeks where need be. One that asks about the same already is the one. */
async function begin(asks: ChangeProjectInput): Promise<void> {
  const { project, subject, round } = asks.request;
  try {
    await startChild(changeProject, {
      workflowId: workflowIds.changeProject(project, subject, round),
      parentClosePolicy: 'ABANDON',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `change of ${project}`,
      typedSearchAttributes: [{ key: runSearchKeys[searchAttributes.project], value: project }],
      args: [asks],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
