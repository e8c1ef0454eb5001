import type { EndpointLook, LookAtEndpointInput } from '../../domain/lifecycle/look-at-endpoint.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type LookDeps, lookAtEndpoint } from './look-at-endpoint.js';

/** What the serving worker, which knows the targets, tells of what runs. */
export function createLookActivities(deps: LookDeps) {
  return {
    async readEndpoint(input: LookAtEndpointInput): Promise<EndpointLook> {
      return withHeartbeats(() => lookAtEndpoint(deps, input));
    },
  };
}
export type LookActivities = ReturnType<typeof createLookActivities>;
