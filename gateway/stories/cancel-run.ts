import { WorkflowNotFoundError } from '@temporalio/client';
import { workflowIds } from '../../domain/names.js';
import type { GatewayDeps } from '../deps.js';
import { withDeadline } from './with-deadline.js';

const deadlineMs = 10_000;

/** Asks the story to stop and clean up. An ended run stays as it is. */
export async function cancelRun(deps: GatewayDeps, id: string): Promise<void> {
  const run = await deps.runs.get(id);
  if (run.endedAt !== null) return;
  const handle = deps.client.workflow.getHandle(workflowIds.trainModel(run.project, run.model, run.id));
  try {
    await withDeadline(deps.client, deadlineMs, () => handle.cancel());
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await deps.runs.setStatus(id, 'cancelled', 'cancelled while nothing of it ran');
  }
}
