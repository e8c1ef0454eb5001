import { patched, proxyActivities } from '@temporalio/workflow';
import type { RunActivities } from '../activities/runs/run-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import { controlOptions } from './options.js';

const { reconcileOpenRuns } = proxyActivities<RunActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '5 minutes',
});

const { concludeRun, wakeWaiting } = proxyActivities<TriggerActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '5 minutes',
});

/** Compares the rows that say "running" with Temporal, and mends those that differ; wakes
 * whoever has events or webhooks to look at, and tells of runs that could not tell themselves. Started by a schedule. */
export async function reconcileRuns(): Promise<{ checked: number; mended: number }> {
  const { closed = [], ...reconciled } = await reconcileOpenRuns();
  if (patched('wake-waiting')) await wakeWaiting();
  for (const runId of closed) await concludeRun({ runId });
  return reconciled;
}
