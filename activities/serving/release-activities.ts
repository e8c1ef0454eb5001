import type {
  ReleasePlan,
  ReleaseServingInput,
  ReleaseTurn,
  SignImageInput,
} from '../../domain/lifecycle/release-serving.js';
import type { ImageRef } from '../../domain/ports/deployment-target.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type CloseReleaseInput, closeRelease } from './close-release.js';
import type { ReleaseDeps } from './deps.js';
import { prepareRelease } from './prepare-release.js';
import { type ReconciledReleases, reconcileOpenReleases } from './reconcile-open-releases.js';
import { signReleaseImage } from './sign-release-image.js';
import { takeReleaseTurn } from './take-release-turn.js';
import { tellOfRelease } from './tell-of-release.js';

export interface SkipReleaseStepInput {
  readonly releaseId: string;
  readonly step: string;
  readonly reason: string;
}

/** What the orchestrator does for releases: whose turn it is, what is to be done, how it ended. */
export function createReleaseActivities(deps: ReleaseDeps) {
  return {
    async takeReleaseTurn(input: ReleaseServingInput): Promise<ReleaseTurn> {
      return withHeartbeats(() => takeReleaseTurn(deps, input));
    },
    async prepareRelease(input: ReleaseServingInput): Promise<ReleasePlan> {
      return withHeartbeats(() => prepareRelease(deps, input));
    },
    /** The image with what is signed about it. */
    async signImage(input: SignImageInput): Promise<ImageRef> {
      return withHeartbeats(() => signReleaseImage(deps, input));
    },
    async skipReleaseStep({ releaseId, step, reason }: SkipReleaseStepInput): Promise<void> {
      await withHeartbeats(() => deps.releases.skipStep(releaseId, step, reason));
    },
    /** Answers with the workflows that waited for it. */
    async closeRelease(input: CloseReleaseInput): Promise<{ readonly wakes: readonly string[] }> {
      return withHeartbeats(() => closeRelease(deps, input));
    },
    async tellOfRelease(input: { readonly releaseId: string }): Promise<void> {
      await withHeartbeats(() => tellOfRelease(deps, input));
    },
    async reconcileOpenReleases(): Promise<ReconciledReleases> {
      return withHeartbeats(() => reconcileOpenReleases(deps));
    },
  };
}
export type ReleaseActivities = ReturnType<typeof createReleaseActivities>;
