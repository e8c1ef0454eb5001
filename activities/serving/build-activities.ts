import type {
  BuiltApplication,
  BuiltImageRelease,
  BuiltRelease,
  BuiltServingImage,
  PlannedRelease,
  ScannedImage,
} from '../../domain/lifecycle/release-serving.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { buildImage } from './build-image.js';
import type { BuildDeps } from './deps.js';
import { holdContract } from './hold-contract.js';
import { scanReleaseImage } from './scan-release-image.js';
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
    /** Only asked where there is an engine, or where a release without an image is refused. */
    async buildImage(input: BuiltRelease): Promise<BuiltServingImage> {
      return withHeartbeats((signal) => buildImage(deps, input, signal));
    },
    async scanImage(input: BuiltImageRelease): Promise<ScannedImage> {
      return withHeartbeats((signal) => scanReleaseImage(deps, input, signal));
    },
  };
}
export type BuildActivities = ReturnType<typeof createBuildActivities>;
