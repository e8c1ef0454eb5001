import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { LookActivities } from '../activities/endpoints/look-activities.js';
import type { EndpointLook, LookAtEndpointInput } from '../domain/lifecycle/look-at-endpoint.js';
import { failureOf } from './failure.js';
import { servingOptions } from './options.js';

/** Somebody waits for the answer, and may ask again. */
const { readEndpoint } = proxyActivities<LookActivities>({
  ...servingOptions,
  scheduleToStartTimeout: '4 seconds',
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});

/** What runs of an endpoint at this moment, by the worker that knows its target. It changes nothing. */
export async function lookAtEndpoint(input: LookAtEndpointInput): Promise<EndpointLook> {
  try {
    return await readEndpoint(input);
  } catch (error) {
    const { noCapacity, cancelled, code } = failureOf(error);
    if (cancelled || code !== null) throw error;
    const why = noCapacity ? 'no serving worker takes it up' : 'its target does not answer in time';
    throw ApplicationFailure.nonRetryable(`${input.endpoint} is not looked at: ${why}`, 'PART_UNAVAILABLE');
  }
}
