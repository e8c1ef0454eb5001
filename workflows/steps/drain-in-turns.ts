import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { DeliveryActivities } from '../../activities/triggers/delivery-activities.js';
import type { TriggerActivities } from '../../activities/triggers/trigger-activities.js';
import type { SortedDeliveries } from '../../domain/lifecycle/follow-ref.js';
import { controlOptions } from '../options.js';
import { followDeliveries } from './follow-deliveries.js';

const { sortDeliveries } = proxyActivities<DeliveryActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

/** How an inbox drains whose history began before projects were followed each by itself: batch after batch. */
export async function drainInTurns(takeWake: () => boolean): Promise<void> {
  let isWoken = takeWake();
  while (isWoken) {
    const { refs, wakes, isMore } = await sortDeliveries();
    await wakeLines(wakes);
    await followAll(refs);
    isWoken = takeWake() || isMore;
    if (isWoken && workflowInfo().continueAsNewSuggested) await continueAsNew();
  }
}

/** A repository that does not answer holds up its own deliveries: they stay, and the others of the batch are handled. */
async function followAll(refs: SortedDeliveries['refs']): Promise<void> {
  const followed = await Promise.allSettled(refs.map(followDeliveries));
  const failed = followed.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
