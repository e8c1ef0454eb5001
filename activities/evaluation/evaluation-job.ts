import type { TrainedConfig } from '../../domain/config/model.js';
import type { EvaluateCandidateInput } from '../../domain/lifecycle/train-model.js';

/** One judgement: what the step was given, and the configuration behind its plan. */
export type EvaluationJob = EvaluateCandidateInput & { readonly configuration: TrainedConfig };
