import type { DatasetVersionRef, RunPlan, TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type AwaitDatasetInput, awaitDataset } from './await-dataset.js';
import { type CloseRunInput, closeRun } from './close-run.js';
import type { RunDeps } from './deps.js';
import { type EndExperimentInput, endExperiment } from './end-experiment.js';
import { prepareRun } from './prepare-run.js';
import { type ReconciledRuns, reconcileOpenRuns } from './reconcile-open-runs.js';

/** What the orchestrator does for runs: decide, wait, close, compare. */
export function createRunActivities(deps: RunDeps) {
  return {
    async prepareRun(input: TrainModelInput): Promise<RunPlan> {
      return withHeartbeats(() => prepareRun(deps, input));
    },
    async awaitDataset(input: AwaitDatasetInput): Promise<DatasetVersionRef | null> {
      return withHeartbeats((signal) => awaitDataset(deps, input, signal));
    },
    async closeRun(input: CloseRunInput): Promise<void> {
      await withHeartbeats(() => closeRun(deps, input));
    },
    async endExperiment(input: EndExperimentInput): Promise<{ readonly reason: string }> {
      return withHeartbeats(() => endExperiment(deps, input));
    },
    async reconcileOpenRuns(): Promise<ReconciledRuns> {
      return withHeartbeats(() => reconcileOpenRuns(deps));
    },
  };
}
export type RunActivities = ReturnType<typeof createRunActivities>;
