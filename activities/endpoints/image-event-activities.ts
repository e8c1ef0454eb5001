import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import type { ImageEvent } from '../../domain/lifecycle/watch-images.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type ImageEventDeps, openImageReleases, tellOfImages } from './open-image-releases.js';
import { countImages, type LiveImages } from './watched-image.js';

const none: LiveImages = { live: 0, everRan: false };

/** What the orchestrator does about images that are live. */
export function createImageEventActivities(deps: ImageEventDeps & { readonly hasEngine: boolean }) {
  return {
    /** How many are to be watched, and whether any ever ran; none where no engine could give them out. */
    async countLiveImages(): Promise<LiveImages> {
      return withHeartbeats(async () => (deps.hasEngine ? countImages(deps.endpoints) : none));
    },
    async openImageReleases({
      events,
    }: {
      readonly events: readonly ImageEvent[];
    }): Promise<readonly ReleaseServingInput[]> {
      return withHeartbeats(() => openImageReleases(deps, events));
    },
    async tellOfImages(): Promise<void> {
      await withHeartbeats(() => tellOfImages(deps));
    },
  };
}
export type ImageEventActivities = ReturnType<typeof createImageEventActivities>;
