import type { TrainCandidateInput, TrainedCandidate } from '../../domain/lifecycle/train-model.js';
import { unlessDone } from '../steps/current-step.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { TrainingDeps } from './deps.js';
import { readConfiguration } from './read-configuration.js';
import { runTraining } from './run-training.js';

/** The training step, for a worker that has the accelerator. */
export function createTrainingActivities(given: Omit<TrainingDeps, 'kills'>) {
  const deps: TrainingDeps = { ...given, kills: new Map() };
  const areStaged = async ({ plan }: TrainCandidateInput, { model, predictions }: TrainedCandidate) => {
    if (!(await deps.blobs.exists(model))) return false;
    if (predictions !== null) return deps.blobs.exists(predictions);
    // A waiver that was taken back asks for what the earlier round could leave out.
    return (await readConfiguration(deps.blobs, plan)).evaluation.parity.waive !== undefined;
  };
  return {
    /** Runs the model's training command under the contract and leaves what it wrote in staging. */
    async trainCandidate(input: TrainCandidateInput): Promise<TrainedCandidate> {
      const { code, training, environment } = input.plan.inputs;
      const inputs = { code, training, environment, dataset: input.dataset.digest };
      const train = (signal: AbortSignal) =>
        readConfiguration(deps.blobs, input.plan).then((configuration) =>
          runTraining(deps, { ...input, configuration, inputs }, signal),
        );
      return unlessDone(
        inputs,
        () => withHeartbeats(train),
        (result) => areStaged(input, result),
      );
    },
  };
}
export type TrainingActivities = ReturnType<typeof createTrainingActivities>;
