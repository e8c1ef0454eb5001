import type { RegisterCandidateInput } from '../../domain/lifecycle/train-model.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { RegistryDeps } from './deps.js';
import { registerCandidate } from './register-candidate.js';

/** The write path of the registry. */
export function createRegistryActivities(deps: RegistryDeps) {
  return {
    /** Registers the evaluated model as a version, once a run; closes the run where no policy is asked next. */
    async registerCandidate(input: RegisterCandidateInput): Promise<{ version: number }> {
      return withHeartbeats(() => registerCandidate(deps, input));
    },
  };
}
export type RegistryActivities = ReturnType<typeof createRegistryActivities>;
