import { proxyActivities } from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/triggers/delivery-activities.js';
import { controlOptions } from './options.js';

const { forgetDeliveries: forget } = proxyActivities<DeliveryActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '10 minutes',
});

/** Forgets webhooks that were handled long ago. Started by a schedule. */
export async function forgetDeliveries(): Promise<{ forgotten: number }> {
  return { forgotten: await forget() };
}
