import { ActivityFailure, CancellationScope, log, patched, proxyActivities } from '@temporalio/workflow';
import type { TriggerActivities } from '../../activities/triggers/trigger-activities.js';
import { failureOf } from '../failure.js';
import { controlOptions } from '../options.js';

const { concludeRun } = proxyActivities<TriggerActivities>(controlOptions);

/** Tells people of a run that has ended, however it did. Where that fails for good, the run ended as it did all the same. */
export async function conclude({ runId }: { readonly runId: string }): Promise<void> {
  if (!patched('conclude-run')) return;
  try {
    await CancellationScope.nonCancellable(() => concludeRun({ runId }));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { code, message } = failureOf(error);
    log.error('nobody could be told of a run that ended', { run: runId, code, message });
  }
}
