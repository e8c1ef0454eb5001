import { CancelledFailure, proxyActivities } from '@temporalio/workflow';
import type { ReleaseActivities } from '../activities/serving/release-activities.js';
import type { ReleaseServingInput, ReleaseServingResult } from '../domain/lifecycle/release-serving.js';
import { runEnding } from '../domain/lifecycle/run-ending.js';
import { failureOf } from './failure.js';
import { controlOptions } from './options.js';
import { buildRelease } from './steps/build-release.js';
import { concludeRelease } from './steps/conclude-release.js';
import { goLive } from './steps/go-live.js';
import { takeTurn } from './steps/take-turn.js';
import { tooLateToCancel } from './too-late-to-cancel.js';

const { prepareRelease } = proxyActivities<ReleaseActivities>(controlOptions);

/**
 * One way of an endpoint to a new revision: its turn, prepare, test, contract, image, scan, deploy, verify, record. What
 * ends it before the deployment leaves the live revision alone; what ends it after brings that one back. From the
 * deployment on it is too late to cancel it. Whatever its end, its row says why.
 */
export async function releaseServing(input: ReleaseServingInput): Promise<ReleaseServingResult> {
  try {
    const turn = await takeTurn(input);
    if (turn.kind === 'over') return { status: turn.status, reason: turn.reason, revision: null };
    const plan = await prepareRelease(input);
    const parts = await buildRelease({ ...input, plan });
    return await tooLateToCancel(async () => {
      const landing = await goLive({ ...input, plan, parts });
      const ending = landing ?? { status: 'succeeded' as const, reason: null };
      await concludeRelease(input, ending);
      return { ...ending, revision: landing === null ? plan.wanted.revision : null };
    });
  } catch (error) {
    const ending = runEnding(failureOf(error));
    await concludeRelease(input, ending);
    if (ending.status === 'cancelled') throw new CancelledFailure(ending.reason);
    return { ...ending, revision: null };
  }
}
