import { patched, proxyActivities } from '@temporalio/workflow';
import type { BlobActivities } from '../activities/platform/blob-activities.js';
import { controlOptions } from './options.js';

const { sweepStaging, sweepUnused } = proxyActivities<BlobActivities>({
  ...controlOptions,
  startToCloseTimeout: '30 minutes',
});

/** Deletes what ended runs left in staging, and objects that nobody has named for long. Started by a schedule. */
export async function sweepBlobs(): Promise<{ deleted: number }> {
  const staging = await sweepStaging();
  if (!patched('unused-objects')) return staging;
  const unused = await sweepUnused();
  return { deleted: staging.deleted + unused.deleted };
}
