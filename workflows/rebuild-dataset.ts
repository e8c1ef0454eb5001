import { proxyActivities } from '@temporalio/workflow';
import type { DatasetActivities } from '../activities/datasets/dataset-activities.js';
import type { RebuildDatasetInput, RebuildDatasetResult } from '../domain/lifecycle/rebuild-dataset.js';
import { computeOptions } from './options.js';

const { rebuildVersion } = proxyActivities<DatasetActivities>(computeOptions);

/** Proves that a stored dataset version can be made again, row for row. */
export async function rebuildDataset(input: RebuildDatasetInput): Promise<RebuildDatasetResult> {
  return rebuildVersion(input);
}
