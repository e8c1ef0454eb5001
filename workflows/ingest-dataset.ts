import { proxyActivities } from '@temporalio/workflow';
import type { DatasetActivities } from '../activities/datasets/dataset-activities.js';
import type { IngestDatasetInput, IngestDatasetResult } from '../domain/lifecycle/ingest-dataset.js';
import { computeOptions } from './options.js';

const { collectTables, buildDataset, proveDataset, publishDataset } =
  proxyActivities<DatasetActivities>(computeOptions);

/** From allowed sources to an immutable dataset version: collect, build, prove that nothing looks ahead, publish. */
export async function ingestDataset(input: IngestDatasetInput): Promise<IngestDatasetResult> {
  const collected = await collectTables(input);
  const built = await buildDataset({ ...input, collected });
  const proven = await proveDataset({ ...input, collected, built });
  return publishDataset({ ...input, collected, built, proven });
}
