import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { nothing as Nothing } from './activity.js';

const { nothing } = proxyActivities<{ nothing: typeof Nothing }>({ startToCloseTimeout: '1 minute' });

/** Something that happened. */
export const happenedSignal = defineSignal('happened');

/** What Temporal alone costs: activities that do nothing, one after the other. */
export async function bare(activities: number): Promise<void> {
  for (let count = 0; count < activities; count += 1) await nothing();
}

/** What Temporal alone costs: an entity that takes so many signals and does nothing about them. */
export async function count(signals: number): Promise<void> {
  let came = 0;
  setHandler(happenedSignal, () => {
    came += 1;
  });
  await condition(() => came >= signals);
}
