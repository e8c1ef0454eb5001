import { proxyActivities } from '@temporalio/workflow';
import type { ProjectActivities } from '../activities/projects/project-activities.js';
import type { ChangeProjectInput, ChangeProjectResult } from '../domain/lifecycle/change-project.js';
import { askPeople } from './approvals/ask-people.js';
import { wake } from './approvals/wake.js';
import { controlOptions } from './options.js';
import { tooLateToCancel } from './too-late-to-cancel.js';

const { putChange } = proxyActivities<ProjectActivities>(controlOptions);

/**
 * Asks people about members, roles, sources and policies of one commit, for as long as that takes, and puts them in
 * force once they said yes. However else it ends, what was in force stays.
 */
export async function changeProject(input: ChangeProjectInput): Promise<ChangeProjectResult> {
  const end = await askPeople(null, input);
  if (end.status !== 'approved') return { status: end.status, reason: end.reason };
  const { wakes, ...put } = await tooLateToCancel(() => putChange({ approval: input.approval }));
  for (const approval of wakes) await wake(approval);
  return put;
}
