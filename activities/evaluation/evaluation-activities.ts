import type { EvaluateCandidateInput, JudgedCandidate } from '../../domain/lifecycle/train-model.js';
import { unlessDone } from '../steps/current-step.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { readConfiguration } from '../training/read-configuration.js';
import type { EvaluationDeps } from './deps.js';
import { judgeCandidate } from './judge-candidate.js';

/** Offline validation, by the platform, on rows that training never saw. */
export function createEvaluationActivities(deps: EvaluationDeps, judge = judgeCandidate) {
  return {
    /** Judges the model file. A gate that says no is an error of kind `refused`, and its numbers are on the run. */
    async evaluateCandidate(input: EvaluateCandidateInput): Promise<JudgedCandidate> {
      const { model, predictions } = input.candidate;
      const inputs = {
        model: model.sha256,
        predictions: predictions?.sha256 ?? 'waived',
        dataset: input.dataset.digest,
        evaluation: input.plan.inputs.evaluation,
      };
      return unlessDone(inputs, () =>
        withHeartbeats(async (signal) => {
          const configuration = await readConfiguration(deps.blobs, input.plan);
          return judge(deps, { ...input, configuration }, signal);
        }),
      );
    },
  };
}
export type EvaluationActivities = ReturnType<typeof createEvaluationActivities>;
