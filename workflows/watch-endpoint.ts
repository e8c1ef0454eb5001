import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { IncidentActivities } from '../activities/monitoring/incident-activities.js';
import type { MonitoringActivities } from '../activities/monitoring/monitoring-activities.js';
import type { TriggerActivities } from '../activities/triggers/trigger-activities.js';
import type { WatchEndpointInput } from '../domain/lifecycle/watch-endpoint.js';
import { wakeSignal } from './messages/triggers.js';
import { controlOptions, servingOptions } from './options.js';

/** A window that cannot be judged is tried again until it can: none is left out. */
const { judgeDueWindows } = proxyActivities<MonitoringActivities>({
  ...servingOptions,
  scheduleToCloseTimeout: '30 days',
});
const { tellOfIncidents } = proxyActivities<IncidentActivities>(controlOptions);
const { wakeLines } = proxyActivities<TriggerActivities>(controlOptions);

const eventsOfAHistory = 4000;

/**
 * Watches an endpoint for as long as it is there: judges each window of its traffic once, in order, tells who can act
 * of incidents, and wakes the model's line where one asked for a run or closed. It keeps nothing in mind, so its
 * histories may end anywhere.
 */
export async function watchEndpoint(input: WatchEndpointInput): Promise<void> {
  const { project, endpoint } = input;
  let isWoken = false;
  setHandler(wakeSignal, () => {
    isWoken = true;
  });
  for (;;) {
    isWoken = false;
    const { judged, wakes, wakeAt, isGone } = await judgeDueWindows({ project, endpoint });
    if (judged > 0) await tellOfIncidents({ project, endpoint });
    if (wakes.length > 0) await wakeLines(wakes);
    if (isGone) return;
    if (isLong(input)) await continueAsNew<typeof watchEndpoint>(input);
    await condition(() => isWoken, Math.max(1, Date.parse(wakeAt) - Date.now()));
  }
}

function isLong({ continueAfterEvents = eventsOfAHistory }: WatchEndpointInput): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= continueAfterEvents;
}
