import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, proxyActivities, sleep } from '@temporalio/workflow';
import type { GitTriggerActivities } from '../../activities/triggers/git-trigger-activities.js';
import { isRefusal } from '../../domain/errors/catalogue.js';
import type { ApplyProjectInput } from '../../domain/lifecycle/apply-project.js';
import type { AppliedHead, FollowedRef, NewHead, RefName } from '../../domain/lifecycle/follow-ref.js';
import { workflowIds } from '../../domain/names.js';
import { applyProject } from '../apply-project.js';
import { failedActivity, failureOf } from '../failure.js';
import { controlOptions } from '../options.js';
import { startRelease } from './start-release.js';

const { readHead, recordHead } = proxyActivities<GitTriggerActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '1 hour',
});

/**
 * Brings a project to the head of a ref as it is at this moment: what it says is applied first, then its changes become
 * events. Webhook and timetable come here alike, and the same head leads to something once.
 */
export async function followRef(at: RefName): Promise<FollowedRef> {
  const head = await readHead(at);
  if (head === null) return { result: 'its head is handled already', wakes: [] };
  const applied = await applyHead(head);
  const followed = await recordHead({ ...head, ...applied });
  for (const release of followed.releases ?? []) await startRelease(release);
  return followed;
}

/** A head that says something wrong is handled too: its author is told, and what was in force stays. */
async function applyHead({ repo, ref, to, applies }: NewHead): Promise<AppliedHead> {
  if (!applies) return { refusal: null };
  try {
    while (!(await tryToApply({ repo, ref: ref.replace(/^refs\/heads\//, ''), commit: to })))
      await sleep('1 second');
    return { refusal: null };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.cancelled || !isRefusal(failure.code)) throw error;
    if (failedActivity(error) === 'declareSchedules') return { refusal: null, undeclared: failure.message };
    return { refusal: failure.message };
  }
}

/** False while another one applies the same repository. */
export async function tryToApply(input: ApplyProjectInput): Promise<boolean> {
  try {
    await executeChild(applyProject, {
      workflowId: workflowIds.applyRepository(input.repo),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [input],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
