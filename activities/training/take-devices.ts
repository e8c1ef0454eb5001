import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { currentStep, reportProgress, reportWaiting } from '../steps/current-step.js';
import type { TrainingDeps } from './deps.js';
import type { DeviceLease } from './device-pool.js';
import type { TrainingJob } from './training-job.js';

/** A longer timer of Node ends at once. It is 24 days. */
const longestTimerMs = 2 ** 31 - 1;

const advice =
  'wait until another job gives its devices back, or start a gpu worker on another machine: ratchet worker list';

/**
 * The devices of a job. Waiting for them counts as waiting for the queue does: from when the attempt was scheduled, as
 * long as the model's own deadline says. Error: `CAPACITY_MISSING`.
 */
export async function takeDevices(
  deps: Pick<TrainingDeps, 'devices'>,
  job: Pick<TrainingJob, 'configuration' | 'plan'>,
  signal: AbortSignal,
): Promise<DeviceLease> {
  const { devices: wanted } = job.configuration.training;
  const { capacityDeadlineMs } = job.plan;
  if (capacityDeadlineMs === null || !deps.devices.mustWait(wanted)) {
    return await deps.devices.acquire(wanted, signal);
  }
  const untilMs = Date.parse(currentStep().scheduledAt) + capacityDeadlineMs;
  reportWaiting({
    for: `capacity: gpu, ${wanted} free devices of ${deps.devices.size}`,
    since: new Date().toISOString(),
    until: new Date(untilMs).toISOString(),
    advice,
  });
  const deadline = AbortSignal.timeout(Math.min(Math.max(0, untilMs - Date.now()), longestTimerMs));
  const lease = await deps.devices
    .acquire(wanted, AbortSignal.any([signal, deadline]))
    .catch((error: unknown) => {
      throw deadline.aborted && !signal.aborted ? tooLate(wanted, capacityDeadlineMs) : error;
    });
  reportWaiting(null);
  reportProgress(`has ${wanted} devices`);
  return lease;
}

function tooLate(wanted: number, deadlineMs: number): RatchetError {
  const minutes = deadlineMs / 60_000;
  return new RatchetError(
    'CAPACITY_MISSING',
    `${wanted} devices of a gpu worker were not free at once within training.capacityDeadlineMinutes (${minutes}); start another gpu worker or let its jobs end, then resume the run`,
    { wanted, minutes },
  );
}
