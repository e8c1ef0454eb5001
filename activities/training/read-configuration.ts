import type { TrainedConfig } from '../../domain/config/model.js';
import type { RunPlan } from '../../domain/lifecycle/train-model.js';
import type { BlobStore } from '../../domain/ports/blobs.js';

/** The model's configuration as `prepareRun` stored it: parsed there, trusted here, its digest checked by the store. */
export async function readConfiguration(
  blobs: BlobStore,
  plan: Pick<RunPlan, 'configuration'>,
): Promise<TrainedConfig> {
  return (await blobs.getJson(plan.configuration)) as TrainedConfig;
}
