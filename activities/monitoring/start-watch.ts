import type { Client } from '@temporalio/client';
import { queues, workflowIds } from '../../domain/names.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';

/** Has an endpoint watched; one that is, is left alone. */
export async function startWatch(client: Client, { project, endpoint }: EndpointName): Promise<void> {
  await client.workflow.start('watchEndpoint', {
    workflowId: workflowIds.watchEndpoint(project, endpoint),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    taskQueue: queues.orchestrator,
    staticSummary: `watch of ${project}/${endpoint}`,
    args: [{ project, endpoint }],
  });
}
