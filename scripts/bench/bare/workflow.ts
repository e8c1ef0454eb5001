import { proxyActivities } from '@temporalio/workflow';
import type { nothing as Nothing } from './activity.js';

const { nothing } = proxyActivities<{ nothing: typeof Nothing }>({ startToCloseTimeout: '1 minute' });

/** What Temporal alone costs: activities that do nothing, one after the other. */
export async function bare(activities: number): Promise<void> {
  for (let count = 0; count < activities; count += 1) await nothing();
}
