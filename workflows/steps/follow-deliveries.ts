import { proxyActivities } from '@temporalio/workflow';
import type { DeliveryActivities } from '../../activities/triggers/delivery-activities.js';
import type { TriggerActivities } from '../../activities/triggers/trigger-activities.js';
import type { SortedDeliveries } from '../../domain/lifecycle/follow-ref.js';
import { controlOptions } from '../options.js';
import { followRef } from './follow-ref.js';

const { finishDeliveries } = proxyActivities<DeliveryActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

/** Follows the ref that deliveries told of, and finishes them with what it led to. */
export async function followDeliveries({
  deliveries,
  ...at
}: SortedDeliveries['refs'][number]): Promise<void> {
  const { result, wakes } = await followRef(at);
  await wakeLines(wakes);
  await finishDeliveries({ project: at.project, deliveries, result });
}
