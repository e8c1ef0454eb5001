import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { startChild } from '@temporalio/workflow';
import type { PromoteModelInput } from '../../domain/lifecycle/promote-model.js';
import { searchAttributes, workflowIds } from '../../domain/names.js';
import { runSearchKeys } from '../messages/search-keys.js';
import { promoteModel } from '../promote-model.js';

/**
 * Starts the promotion of a version and leaves it to itself: it outlives who started it. One that was started before,
 * by a person or by an earlier attempt, is as good.
 */
export async function startPromotion(input: PromoteModelInput): Promise<void> {
  const { project, model, version } = input;
  try {
    await startChild(promoteModel, {
      workflowId: workflowIds.promoteModel(project, model, version),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      parentClosePolicy: 'ABANDON',
      staticSummary: `promote ${project}/${model}@${version}`,
      typedSearchAttributes: [
        { key: runSearchKeys[searchAttributes.project], value: project },
        { key: runSearchKeys[searchAttributes.model], value: model },
      ],
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
