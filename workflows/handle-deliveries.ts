import { continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/triggers/delivery-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import type { SortedDeliveries } from '../domain/lifecycle/follow-ref.js';
import { wakeSignal } from './messages/triggers.js';
import { controlOptions } from './options.js';
import { followRef } from './steps/follow-ref.js';

const { sortDeliveries, finishDeliveries } = proxyActivities<DeliveryActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

/**
 * Drains the webhooks that are stored, in batches, and ends: the next one starts it again. Many deliveries of one ref are
 * one look at its head.
 */
export async function handleDeliveries(): Promise<void> {
  let isWoken = true;
  setHandler(wakeSignal, () => {
    isWoken = true;
  });
  while (isWoken) {
    isWoken = false;
    const sorted = await sortDeliveries();
    await wakeLines(sorted.wakes);
    await followAll(sorted.refs);
    isWoken ||= sorted.isMore;
    if (isWoken && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof handleDeliveries>();
  }
}

/** A repository that does not answer holds up its own deliveries: they stay, and the others of the batch are handled. */
async function followAll(refs: SortedDeliveries['refs']): Promise<void> {
  const followed = await Promise.allSettled(refs.map(follow));
  const failed = followed.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function follow({ deliveries, ...at }: SortedDeliveries['refs'][number]): Promise<void> {
  const { result, wakes } = await followRef(at);
  await wakeLines(wakes);
  await finishDeliveries({ project: at.project, deliveries, result });
}
