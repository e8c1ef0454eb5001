import type { TrainedConfig } from '../../domain/config/model.js';
import type { TrainCandidateInput } from '../../domain/lifecycle/train-model.js';
import type { StepInputs } from '../steps/current-step.js';

/** What one training is about: the input of its step, with all that its result depends on. */
export type TrainingJob = TrainCandidateInput & {
  readonly configuration: TrainedConfig;
  readonly inputs: StepInputs;
};

/** Folders of one attempt. */
export interface Workspace {
  readonly root: string;
  readonly code: string;
  readonly input: string;
  readonly output: string;
  readonly checkpoints: string;
  /** What the command said, in a file beside the folders. */
  readonly log: string;
}
