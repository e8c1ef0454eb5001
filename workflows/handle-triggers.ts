import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import type { HandleTriggersInput } from '../domain/lifecycle/handle-triggers.js';
import { wakeSignal } from './messages/triggers.js';
import { controlOptions } from './options.js';
import { cancelRun, startRun } from './steps/line-runs.js';

const { settleLine } = proxyActivities<TriggerActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});

/** Well below the length at which the server asks for it, so that a storm of signals finds room. */
const eventsOfAHistory = 4000;

/**
 * Turns the events of one model into runs, for as long as the model is there. What happens stands in rows; messages
 * only make it look. It keeps nothing in mind, so its histories may end anywhere.
 */
export async function handleTriggers(input: HandleTriggersInput): Promise<void> {
  const { project, model } = input;
  let isWoken = false;
  const wake = () => {
    isWoken = true;
  };
  setHandler(wakeSignal, wake);
  for (;;) {
    isWoken = false;
    const step = await settleLine({ project, model });
    if (step.cancel !== null) await cancelRun({ project, model, runId: step.cancel });
    if (step.start !== null) await startRun({ project, model, runId: step.start.runId }, wake);
    if (step.isGone && !isWoken) return;
    if (isLong(input)) await continueAsNew<typeof handleTriggers>(input);
    if (step.wakeAt === null) await condition(() => isWoken);
    else await condition(() => isWoken, Math.max(1, Date.parse(step.wakeAt) - Date.now()));
  }
}

function isLong({ continueAfterEvents = eventsOfAHistory }: HandleTriggersInput): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= continueAfterEvents;
}
