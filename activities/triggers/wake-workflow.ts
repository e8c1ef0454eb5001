import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { queues, searchAttributes, workflowIds } from '../../domain/names.js';

/** Makes the line of a model look at its events; one that is not there begins. */
export async function wakeLine(client: Client, { project, model }: LineName): Promise<void> {
  const keyword = (name: string, value: string) => ({
    key: defineSearchAttributeKey(name, 'KEYWORD'),
    value,
  });
  await client.workflow.signalWithStart('handleTriggers', {
    workflowId: workflowIds.handleTriggers(project, model),
    taskQueue: queues.orchestrator,
    staticSummary: `events of ${project}/${model}`,
    typedSearchAttributes: [
      keyword(searchAttributes.project, project),
      keyword(searchAttributes.model, model),
    ],
    args: [{ project, model }],
    signal: 'wake',
    signalArgs: [],
  });
}

/** Makes letters go out. */
export async function wakeNotifications(client: Client): Promise<void> {
  await client.workflow.signalWithStart('deliverNotifications', {
    workflowId: workflowIds.platform('deliver-notifications'),
    taskQueue: queues.orchestrator,
    args: [],
    signal: 'wake',
    signalArgs: [],
  });
}

/** Makes stored webhooks be handled. */
export async function wakeInbox(client: Client): Promise<void> {
  await client.workflow.signalWithStart('handleDeliveries', {
    workflowId: workflowIds.handleDeliveries(),
    taskQueue: queues.orchestrator,
    args: [],
    signal: 'wake',
    signalArgs: [],
  });
}
