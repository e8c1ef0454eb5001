import { isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { ApprovalActivities } from '../../activities/approvals/approval-activities.js';
import type { TellVotersInput } from '../../domain/lifecycle/request-approval.js';
import { controlOptions } from '../options.js';

const activities = proxyActivities<ApprovalActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '10 minutes',
});

/** Word to those who may vote. An approval does not fail because nobody could be told. */
export async function tellVoters(
  approval: string,
  stage: number,
  occasion: TellVotersInput['occasion'],
): Promise<void> {
  try {
    await activities.tellVoters({ approval, stage, occasion });
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('voters could not be told', { approval, stage, occasion, error });
  }
}
