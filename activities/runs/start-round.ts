import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { queues, searchAttributes, workflowIds } from '../../domain/names.js';
import type { RunRecord } from '../../domain/ports/runs.js';

/** Starts the present round of a run whose row is there and whose workflow is not. One that is there meanwhile is enough. */
export async function startRound(client: Client, run: RunRecord): Promise<void> {
  const { project, model, id, round } = run;
  const input: TrainModelInput = { project, model, runId: id, round };
  const keyword = (name: string, value: string) => ({
    key: defineSearchAttributeKey(name, 'KEYWORD'),
    value,
  });
  try {
    await client.workflow.start('trainModel', {
      workflowId: workflowIds.trainModel(project, model, id),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      taskQueue: queues.orchestrator,
      staticSummary: `train ${project}/${model}`,
      memo: { round },
      typedSearchAttributes: [
        keyword(searchAttributes.project, project),
        keyword(searchAttributes.model, model),
        keyword(searchAttributes.runId, id),
      ],
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
