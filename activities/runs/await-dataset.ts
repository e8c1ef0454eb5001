import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import type { DatasetVersionRef, TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { reportProgress } from '../steps/current-step.js';
import type { RunDeps } from './deps.js';

export type AwaitDatasetInput = TrainModelInput & {
  readonly workflowId: string;
  readonly name: string;
  readonly key: string;
};

/** Waits for the dataset that another run is making. Null where that one ended without a version. */
export async function awaitDataset(
  deps: RunDeps,
  input: AwaitDatasetInput,
  signal: AbortSignal,
): Promise<DatasetVersionRef | null> {
  reportProgress(`another run is making dataset ${input.name}`);
  const ended = deps.client.workflow.getHandle(input.workflowId).result().catch(unlessEnded);
  await Promise.race([ended, aborted(signal)]);
  const made = await deps.datasets.findByKey(input.project, input.name, input.key);
  return made ? { name: made.name, version: made.version, digest: made.digest } : null;
}

/** How the other ended does not matter: the store says whether there is a version. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError)) throw error;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
