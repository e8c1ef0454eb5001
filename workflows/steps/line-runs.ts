import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { getExternalWorkflowHandle, isCancellation, log, startChild } from '@temporalio/workflow';
import { searchAttributes, workflowIds } from '../../domain/names.js';
import { runSearchKeys } from '../messages/search-keys.js';
import { trainModel } from '../train-model.js';

interface LineRun {
  readonly project: string;
  readonly model: string;
  readonly runId: string;
}

/** Starts a run whose row is there, and leaves it to itself; `ended` is called when it ends while this history lasts. */
export async function startRun({ project, model, runId }: LineRun, ended: () => void): Promise<void> {
  try {
    const child = await startChild(trainModel, {
      workflowId: workflowIds.trainModel(project, model, runId),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      parentClosePolicy: 'ABANDON',
      staticSummary: `train ${project}/${model}`,
      memo: { round: 0 },
      typedSearchAttributes: [
        { key: runSearchKeys[searchAttributes.project], value: project },
        { key: runSearchKeys[searchAttributes.model], value: model },
        { key: runSearchKeys[searchAttributes.runId], value: runId },
      ],
      args: [{ project, model, runId, round: 0 }],
    });
    child.result().then(ended, ended);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Asks a run to end. One that is over has nothing to end. */
export async function cancelRun({ project, model, runId }: LineRun): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowIds.trainModel(project, model, runId)).cancel();
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.info('the run that makes way was not there', { runId, error });
  }
}
