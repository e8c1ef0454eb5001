import { ActivityFailure, log, proxyActivities } from '@temporalio/workflow';
import type { DeployActivities } from '../../activities/serving/deploy-activities.js';
import type { DeployRevisionInput } from '../../domain/lifecycle/release-serving.js';
import { runEnding } from '../../domain/lifecycle/run-ending.js';
import { failureOf } from '../failure.js';
import { deployOptions } from '../options.js';

const { deployRevision, verifyRevision, recordRevision, restoreRevision } =
  proxyActivities<DeployActivities>(deployOptions);

/** How an endpoint came out of a change: null where the new revision answers, or else why not, and what answers instead. */
export type Landing = { readonly status: 'refused' | 'failed'; readonly reason: string } | null;

/** Makes a revision answer. One that does not do well is taken back, and what was there before answers again. */
export async function goLive(release: DeployRevisionInput): Promise<Landing> {
  try {
    const deployed = await deployRevision(release);
    await verifyRevision({ ...release, deployed });
    await recordRevision({ ...release, deployed });
    return null;
  } catch (error) {
    const { status, reason } = runEnding(failureOf(error));
    const isRefused = status === 'refused';
    return { status: isRefused ? 'refused' : 'failed', reason: `${reason}; ${await restore(release)}` };
  }
}

/** In words what answers. Where that could not be brought about, the schedule goes on with it. */
async function restore({ project, endpoint, releaseId, round, plan }: DeployRevisionInput): Promise<string> {
  try {
    const before = await restoreRevision({ project, endpoint, releaseId, round, target: plan.target });
    return before === null ? 'nothing was live before it' : `revision ${before} answers`;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { code, message } = failureOf(error);
    log.error('the revision before could not be brought back yet', { releaseId, code, message });
    return `the revision before is brought back as soon as that works: ${code ?? 'failed'}: ${message}`;
  }
}
