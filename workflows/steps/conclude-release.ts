import { ActivityFailure, CancellationScope, log, proxyActivities } from '@temporalio/workflow';
import type { ReleaseActivities } from '../../activities/serving/release-activities.js';
import type { ReleaseServingInput, ReleaseServingResult } from '../../domain/lifecycle/release-serving.js';
import { wake } from '../approvals/wake.js';
import { failureOf } from '../failure.js';
import { controlOptions } from '../options.js';

const { closeRelease, tellOfRelease } = proxyActivities<ReleaseActivities>(controlOptions);

/** Writes the end of a release, wakes whoever waited for it, and tells people. */
export async function concludeRelease(
  { releaseId, round }: ReleaseServingInput,
  { status, reason }: Omit<ReleaseServingResult, 'revision'>,
): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    const { wakes } = await closeRelease({ releaseId, round, status, reason });
    for (const other of wakes) await wake(other);
    await tellPeople(releaseId);
  });
}

/** Where that fails for good, the release ended as it did all the same. */
export async function tellPeople(releaseId: string): Promise<void> {
  try {
    await tellOfRelease({ releaseId });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { code, message } = failureOf(error);
    log.error('nobody could be told of a release that ended', { releaseId, code, message });
  }
}
