import type { JudgedVersion, JudgeVersionInput } from '../../domain/lifecycle/train-model.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { PolicyDeps } from './deps.js';
import { judgeVersion } from './judge-version.js';

/** The automated part of the gates: policy, ethics, programs. */
export function createPolicyActivities(deps: PolicyDeps) {
  return {
    /**
     * Judges a registered version by the policies in force, keeps the verdict with its facts, and makes the version a
     * candidate or refuses it; then the run is over. Error: `POLICY_REFUSED`, with every rule that says no as a refusal.
     */
    async judgeVersion(input: JudgeVersionInput): Promise<JudgedVersion> {
      return withHeartbeats((signal) => judgeVersion(deps, input, signal));
    },
  };
}
export type PolicyActivities = ReturnType<typeof createPolicyActivities>;
