import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  BuiltApplication,
  BuiltRelease,
  PlannedRelease,
} from '../../domain/lifecycle/release-serving.js';
import type { ImageRef } from '../../domain/ports/deployment-target.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { BuildDeps } from './deps.js';
import { holdContract } from './hold-contract.js';
import { testServingCode } from './test-serving-code.js';

/** What the serving worker makes of serving code. */
export function createBuildActivities(deps: BuildDeps) {
  return {
    async testApplication(input: PlannedRelease): Promise<BuiltApplication> {
      return withHeartbeats((signal) => testServingCode(deps, input, signal));
    },
    async checkContract(input: BuiltRelease): Promise<void> {
      await withHeartbeats((signal) => holdContract(deps, input, signal));
    },
    /** Only asked where a release without an image is refused. */
    async buildImage({ project, endpoint }: BuiltRelease): Promise<ImageRef> {
      throw new RatchetError(
        'IMAGE_REFUSED',
        `endpoint ${project}/${endpoint} says "image: required", and no engine is configured that could build one`,
      );
    },
  };
}
export type BuildActivities = ReturnType<typeof createBuildActivities>;
