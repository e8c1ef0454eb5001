import type { ActivityOptions } from '@temporalio/workflow';
import { queues } from '../domain/names.js';

/** A worker that dies is noticed at the latest after this; a worker that starts again on the same host reports it at once. */
const heartbeatTimeout = '30 seconds';

/** Light I/O: a row, an object, a commit. Tried again until the part it needs is back. */
export const controlOptions: ActivityOptions = {
  taskQueue: queues.orchestrator,
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '1 day',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  heartbeatTimeout,
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
};

/** Work on data and models: minutes to hours, reported by heartbeats. */
export const computeOptions: ActivityOptions = {
  taskQueue: queues.cpu,
  startToCloseTimeout: '6 hours',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  heartbeatTimeout,
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
};

/** Work on serving code, from its tests to what runs of it. */
export const servingOptions: ActivityOptions = {
  ...computeOptions,
  taskQueue: queues.serving,
  startToCloseTimeout: '1 hour',
};

/** A change of what answers: past this the revision before is better than to go on trying. */
export const deployOptions: ActivityOptions = { ...servingOptions, scheduleToCloseTimeout: '1 hour' };

/** Making the environment comes before the training command and is not counted in its deadline. */
const environmentAllowanceMs = 60 * 60 * 1000;

/** Training: on the queue of its accelerator, as long as the model's own limit says. */
export function trainingOptions(plan: {
  queue: string;
  trainingDeadlineMs: number;
  capacityDeadlineMs: number | null;
}): ActivityOptions {
  return {
    ...computeOptions,
    taskQueue: plan.queue,
    // Waiting for free devices happens inside of the activity.
    startToCloseTimeout: plan.trainingDeadlineMs + environmentAllowanceMs + (plan.capacityDeadlineMs ?? 0),
    ...(plan.capacityDeadlineMs === null ? {} : { scheduleToStartTimeout: plan.capacityDeadlineMs }),
  };
}
