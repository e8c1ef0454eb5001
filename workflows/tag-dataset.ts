import { proxyActivities } from '@temporalio/workflow';
import type { DatasetActivities } from '../activities/datasets/dataset-activities.js';
import type { TagDatasetInput, TagDatasetResult } from '../domain/lifecycle/tag-dataset.js';
import { computeOptions } from './options.js';

const { tagSubset } = proxyActivities<DatasetActivities>(computeOptions);

/** Names a subset of a dataset version, once its condition was seen to select rows. */
export async function tagDataset(input: TagDatasetInput): Promise<TagDatasetResult> {
  return tagSubset(input);
}
