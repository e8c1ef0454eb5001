import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, proxyActivities, sleep } from '@temporalio/workflow';
import type { RunActivities } from '../../activities/runs/run-activities.js';
import type { DatasetVersionRef, RunPlan, TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { workflowIds } from '../../domain/names.js';
import { ingestDataset } from '../ingest-dataset.js';
import { controlOptions } from '../options.js';

const { awaitDataset } = proxyActivities<RunActivities>({
  ...controlOptions,
  startToCloseTimeout: '6 hours',
});

/**
 * The dataset version of a plan: the one that is there, or one made by a child. Where another run is making the same
 * one, this run waits for it, and makes it itself if the other gave up.
 */
export async function datasetFor(input: TrainModelInput, plan: RunPlan): Promise<DatasetVersionRef> {
  const { hit, ...wanted } = plan.dataset;
  if (hit) return hit;
  const workflowId = workflowIds.ingestDataset(input.project, wanted.name, wanted.fingerprint);
  for (;;) {
    try {
      return await executeChild(ingestDataset, {
        workflowId,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        parentClosePolicy: 'REQUEST_CANCEL',
        cancellationType: 'WAIT_CANCELLATION_COMPLETED',
        staticSummary: `dataset ${wanted.name}`,
        args: [
          {
            project: input.project,
            runId: input.runId,
            round: input.round,
            repo: plan.repo,
            commit: plan.commit,
            modelPath: plan.modelPath,
            name: wanted.name,
            key: wanted.key,
            fingerprints: wanted.fingerprints,
          },
        ],
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    const made = await awaitDataset({ ...input, workflowId, name: wanted.name, key: wanted.key });
    if (made) return made;
    await sleep('200 milliseconds');
  }
}
