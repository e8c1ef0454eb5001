import { getExternalWorkflowHandle, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { PromotionActivities } from '../../activities/approvals/promotion-activities.js';
import type { PromoteModelInput } from '../../domain/lifecycle/promote-model.js';
import { recheckSignal } from '../messages/approvals.js';
import { controlOptions } from '../options.js';

const { nextInLine } = proxyActivities<PromotionActivities>(controlOptions);

/** Tells a workflow to look at its rows. One that is not there has nothing to look at. */
export async function wake(workflowId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(recheckSignal);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.info('nobody was there to wake', { workflowId, error });
  }
}

/** Tells the promotions of newer versions, which may have waited for this one to end. */
export async function wakeNextInLine(input: PromoteModelInput): Promise<void> {
  for (const workflowId of await nextInLine(input)) await wake(workflowId);
}
