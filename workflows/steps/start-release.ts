import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { startChild } from '@temporalio/workflow';
import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import { searchAttributes, workflowIds } from '../../domain/names.js';
import { runSearchKeys } from '../messages/search-keys.js';
import { releaseServing } from '../release-serving.js';

/**
 * Starts a release whose row is there and leaves it to itself: it outlives who started it. One that was started before is
 * as good.
 */
export async function startRelease(input: ReleaseServingInput): Promise<void> {
  const { project, endpoint, releaseId } = input;
  try {
    await startChild(releaseServing, {
      workflowId: workflowIds.releaseServing(project, endpoint, releaseId),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      parentClosePolicy: 'ABANDON',
      staticSummary: `release ${project}/${endpoint}`,
      typedSearchAttributes: [{ key: runSearchKeys[searchAttributes.project], value: project }],
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
