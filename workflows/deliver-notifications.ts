import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { NoticeActivities } from '../activities/notices/notice-activities.js';
import { wakeSignal } from './messages/triggers.js';
import { controlOptions } from './options.js';

const { deliverLetters } = proxyActivities<NoticeActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});

/** A letter that is due and held up by one before it would else be looked at without a pause. */
const leastWaitMs = 1000;

/** Carries what is in the outbox to where people read it, and ends when nothing is left. */
export async function deliverNotifications(): Promise<void> {
  let isWoken = true;
  setHandler(wakeSignal, () => {
    isWoken = true;
  });
  for (;;) {
    isWoken = false;
    const { nextAt } = await deliverLetters();
    if (nextAt === null && !isWoken) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof deliverNotifications>();
    if (nextAt !== null)
      await condition(() => isWoken, Math.max(leastWaitMs, Date.parse(nextAt) - Date.now()));
  }
}
