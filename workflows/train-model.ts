import { CancellationScope, CancelledFailure, patched, proxyActivities } from '@temporalio/workflow';
import type { EvaluationActivities } from '../activities/evaluation/evaluation-activities.js';
import type { ReferenceActivities } from '../activities/monitoring/reference-activities.js';
import type { PolicyActivities } from '../activities/policy/policy-activities.js';
import type { RegistryActivities } from '../activities/registry/registry-activities.js';
import type { RunActivities } from '../activities/runs/run-activities.js';
import type { TrainingActivities } from '../activities/training/training-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import { runEnding } from '../domain/lifecycle/run-ending.js';
import type { TrainModelInput, TrainModelResult } from '../domain/lifecycle/train-model.js';
import { failureOf } from './failure.js';
import { computeOptions, controlOptions, trainingOptions } from './options.js';
import { conclude } from './steps/conclude.js';
import { datasetFor } from './steps/dataset-for.js';
import { startPromotion } from './steps/start-promotion.js';
import { tooLateToCancel } from './too-late-to-cancel.js';

const { prepareRun, endExperiment, closeRun } = proxyActivities<RunActivities>(controlOptions);
const { confirmData } = proxyActivities<TriggerActivities>(controlOptions);
const { evaluateCandidate } = proxyActivities<EvaluationActivities>(computeOptions);
const { registerCandidate } = proxyActivities<RegistryActivities>(controlOptions);
const { freezeReference } = proxyActivities<ReferenceActivities>(computeOptions);
const { judgeVersion } = proxyActivities<PolicyActivities>(computeOptions);

/**
 * One training, from a commit to a candidate: prepare, dataset, train, evaluate, register, reference, policy. A gate that
 * says no ends it as `refused` (by its policy with a version, which stays registered), a failure as `failed`; in every
 * ending its row says why, and a cancelled run leaves nothing. A candidate's promotion goes on by itself. Of an experiment
 * nothing is registered.
 */
export async function trainModel(input: TrainModelInput): Promise<TrainModelResult> {
  let registered: { version: number } | undefined;
  try {
    const at = { project: input.project, model: input.model };
    const plan = await prepareRun(input);
    const dataset = await datasetFor(input, plan);
    if (plan.hasNewData) await confirmData({ runId: input.runId, dataset });
    const { trainCandidate } = proxyActivities<TrainingActivities>(trainingOptions(plan));
    const candidate = await trainCandidate({ ...input, plan, dataset });
    const judged = await evaluateCandidate({ ...input, plan, dataset, candidate });
    if (plan.experiment) {
      const { reason } = await endExperiment({
        runId: input.runId,
        round: input.round,
        experiment: plan.experiment,
      });
      await conclude(input);
      return { status: 'succeeded', reason };
    }
    const known = { ...input, plan, dataset, candidate, judged, isJudgedNext: patched('judge-version') };
    registered = await tooLateToCancel(async () => {
      registered = await registerCandidate(known);
      if (!known.isJudgedNext) return registered;
      if (patched('freeze-reference')) await freezeReference({ ...input, ...registered });
      const { version, isPromotable } = await judgeVersion({ ...known, version: registered.version });
      if (isPromotable) await startPromotion({ ...at, version, requestedBy: `run/${input.runId}` });
      return registered;
    });
    await conclude(input);
    return { status: 'succeeded', reason: null, version: registered.version };
  } catch (error) {
    const ending = runEnding(failureOf(error));
    await CancellationScope.nonCancellable(() =>
      closeRun({ runId: input.runId, round: input.round, ...ending }),
    );
    await conclude(input);
    if (ending.status === 'cancelled') throw new CancelledFailure(ending.reason);
    return { ...ending, ...registered };
  }
}
