import type { DeployedRevision, DeployRevisionInput } from '../../domain/lifecycle/release-serving.js';
import { reportProgress } from '../steps/current-step.js';
import type { DeployDeps } from './deps.js';
import { makeWanted } from './live-revision.js';
import { targetOf } from './target-of.js';

/**
 * Writes down that the revision is wanted, then brings it to life; again: nothing more. Errors: `DEPLOY_FAILED`,
 * `CONFLICT` where a newer one is wanted, `PART_MISSING`, `PART_UNAVAILABLE`.
 */
export async function deployRevision(
  { endpoints, targets }: Pick<DeployDeps, 'endpoints' | 'targets'>,
  { releaseId, plan, parts }: DeployRevisionInput,
  signal: AbortSignal,
): Promise<DeployedRevision> {
  const target = targetOf(targets, plan.target);
  const wanted = await makeWanted(endpoints, { ...plan.wanted, ...parts }, releaseId);
  reportProgress(`starting ${wanted.replicas} of revision ${wanted.revision}`);
  return { wanted, observed: await target.deploy(wanted, signal) };
}
