import {
  condition,
  continueAsNew,
  patched,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/triggers/delivery-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import { wakeSignal } from './messages/triggers.js';
import { controlOptions } from './options.js';
import { drainInTurns } from './steps/drain-in-turns.js';
import { followDeliveries } from './steps/follow-deliveries.js';

const { sortDeliveries } = proxyActivities<DeliveryActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

/** What is on its way before the history is begun anew gets so long; what is not done then begins again. */
const patience = '1 minute';

/**
 * Drains the webhooks that are stored, in batches, and ends: the next one starts it again. Many deliveries of one ref are
 * one look at its head. A project whose repository does not answer waits by itself: the next batch is of the others.
 */
export async function handleDeliveries(): Promise<void> {
  let isWoken = true;
  const wake = () => {
    isWoken = true;
  };
  setHandler(wakeSignal, wake);
  const takeWake = () => {
    const was = isWoken;
    isWoken = false;
    return was;
  };
  if (!patched('each-project-by-itself')) return drainInTurns(takeWake);
  const busy = new Set<string>();
  const failed = new Map<string, unknown>();
  for (;;) {
    await condition(() => isWoken || busy.size === 0);
    if (!takeWake()) break;
    const { refs, wakes, isMore } = await sortDeliveries({ without: [...busy, ...failed.keys()] });
    await wakeLines(wakes);
    for (const ref of refs) {
      busy.add(ref.project);
      followDeliveries(ref)
        // Others may have come meanwhile, which were left out.
        .then(wake, (error: unknown) => void failed.set(ref.project, error))
        .finally(() => busy.delete(ref.project));
    }
    if (isMore) wake();
    if (workflowInfo().continueAsNewSuggested) {
      await condition(() => busy.size === 0, patience);
      await continueAsNew<typeof handleDeliveries>();
    }
  }
  // Their deliveries stay, and whoever wakes the inbox next tries them again.
  for (const error of failed.values()) throw error;
}
