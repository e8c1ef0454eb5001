import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { IngestDatasetInput } from '../../domain/lifecycle/ingest-dataset.js';
import { runEnding } from '../../domain/lifecycle/run-ending.js';
import type { DatasetVersionRef, RunPlan, TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { workflowIds } from '../../domain/names.js';
import { type Cancellation, playActivity } from './play-activity.js';
import type { World } from './world.js';

/** `trainModel` without Temporal: the same activities in the same order, the same endings. */
export async function playTrainModel(
  world: World,
  input: TrainModelInput,
  cancellation: Cancellation,
): Promise<void> {
  const place = `${input.runId}/${input.round}`;
  try {
    const plan = await playActivity(world, 'prepareRun', place, input, cancellation);
    const dataset = await datasetFor(world, input, plan, cancellation);
    const known = { ...input, plan, dataset };
    const candidate = await playActivity(world, 'trainCandidate', place, known, cancellation);
    const judged = await playActivity(
      world,
      'evaluateCandidate',
      place,
      { ...known, candidate },
      cancellation,
    );
    if (cancellation.signal.aborted) throw new CancelledFailure('cancelled');
    const judgedNext = { ...known, candidate, judged, isJudgedNext: true };
    const { version } = await playActivity(world, 'registerCandidate', place, judgedNext);
    await playActivity(world, 'judgeVersion', place, { ...judgedNext, version });
  } catch (error) {
    const ending = runEnding({
      code: error instanceof ApplicationFailure ? (error.type ?? null) : null,
      cancelled: cancellation.signal.aborted,
      noCapacity: false,
      message: messageOf(error),
    });
    await playActivity(world, 'closeRun', place, { runId: input.runId, round: input.round, ...ending });
  }
}

async function datasetFor(
  world: World,
  input: TrainModelInput,
  plan: RunPlan,
  cancellation: Cancellation,
): Promise<DatasetVersionRef> {
  const { hit, name, key, fingerprint, fingerprints } = plan.dataset;
  if (hit) return hit;
  const workflowId = workflowIds.ingestDataset(input.project, name, fingerprint);
  const { repo, commit, modelPath } = plan;
  for (let wait = 1; ; wait += 1) {
    if (!world.children.has(workflowId)) {
      const { project, runId, round } = input;
      const asked = { project, runId, round, repo, commit, modelPath, name, key, fingerprints };
      const child = playIngestDataset(world, asked, cancellation).finally(() =>
        world.children.delete(workflowId),
      );
      world.children.set(workflowId, child);
      return child;
    }
    const place = `${input.runId}/${input.round}/${wait}`;
    const asked = { ...input, workflowId, name, key };
    const made = await playActivity(world, 'awaitDataset', place, asked, cancellation);
    if (made) return made;
  }
}

async function playIngestDataset(
  world: World,
  input: IngestDatasetInput,
  cancellation: Cancellation,
): Promise<DatasetVersionRef> {
  const place = `${input.runId}/${input.round}/dataset`;
  const collected = await playActivity(world, 'collectTables', place, input, cancellation);
  const built = await playActivity(world, 'buildDataset', place, { ...input, collected }, cancellation);
  const proven = await playActivity(
    world,
    'proveDataset',
    place,
    { ...input, collected, built } as never,
    cancellation,
  );
  return playActivity(world, 'publishDataset', place, { ...input, collected, built, proven }, cancellation);
}
