import { proxyActivities } from '@temporalio/workflow';
import type { BroughtEndpoints } from '../activities/serving/bring-endpoints.js';
import type { DeployActivities } from '../activities/serving/deploy-activities.js';
import type { ReleaseActivities } from '../activities/serving/release-activities.js';
import { wake } from './approvals/wake.js';
import { controlOptions, servingOptions } from './options.js';
import { tellPeople } from './steps/conclude-release.js';
import { startRelease } from './steps/start-release.js';

const { reconcileOpenReleases } = proxyActivities<ReleaseActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '5 minutes',
});
const { bringEndpoints } = proxyActivities<DeployActivities>({
  ...servingOptions,
  scheduleToStartTimeout: '2 minutes',
  scheduleToCloseTimeout: '30 minutes',
});

/**
 * Compares releases that say "running" with Temporal, and what is live of every endpoint with what its target keeps
 * running, and mends what differs. Started by a schedule.
 */
export async function reconcileEndpoints(): Promise<BroughtEndpoints & { closed: number }> {
  const { unstarted, closed, wakes, hasEndpoints } = await reconcileOpenReleases();
  for (const release of unstarted) await startRelease(release);
  for (const releaseId of closed) await tellPeople(releaseId);
  for (const other of wakes) await wake(other);
  // A platform without endpoints may have no serving worker.
  const brought = hasEndpoints ? await bringEndpoints() : { brought: 0, removed: 0, failed: 0 };
  return { ...brought, closed: closed.length };
}
