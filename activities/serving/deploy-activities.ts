import type {
  DeployedRevision,
  DeployRevisionInput,
  LiveRevision,
} from '../../domain/lifecycle/release-serving.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type BroughtEndpoints, bringEndpoints } from './bring-endpoints.js';
import { deployRevision } from './deploy-revision.js';
import type { DeployDeps } from './deps.js';
import { recordRevision } from './record-revision.js';
import { type RestoreRevisionInput, restoreRevision } from './restore-revision.js';
import { verifyRevision } from './verify-revision.js';

/** What the serving worker does to what answers. */
export function createDeployActivities(deps: DeployDeps) {
  return {
    async deployRevision(input: DeployRevisionInput): Promise<DeployedRevision> {
      return withHeartbeats((signal) => deployRevision(deps, input, signal));
    },
    async verifyRevision(input: LiveRevision): Promise<void> {
      await withHeartbeats((signal) => verifyRevision(deps, input, signal));
    },
    async recordRevision(input: LiveRevision): Promise<void> {
      await withHeartbeats((signal) => recordRevision(deps, input, signal));
    },
    /** Answers with the revision that answers from here on; null where none was live before. */
    async restoreRevision(input: RestoreRevisionInput): Promise<string | null> {
      return withHeartbeats((signal) => restoreRevision(deps, input, signal));
    },
    async bringEndpoints(): Promise<BroughtEndpoints> {
      return withHeartbeats((signal) => bringEndpoints(deps, signal));
    },
  };
}
export type DeployActivities = ReturnType<typeof createDeployActivities>;
