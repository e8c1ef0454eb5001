import type { WatchedImages } from '../../domain/lifecycle/watch-images.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type PruneDeps, pruneImages } from './prune-images.js';
import { type WatchDeps, watchImages } from './watch-images.js';

/** What the serving worker, which has the advisories, sees of images that are live. */
export function createWatchActivities(deps: WatchDeps & PruneDeps) {
  return {
    async watchLiveImages(): Promise<WatchedImages> {
      return withHeartbeats((signal) => watchImages(deps, signal));
    },
    async pruneUnusedImages(): Promise<{ readonly removed: number }> {
      return withHeartbeats((signal) => pruneImages(deps, signal));
    },
  };
}
export type WatchActivities = ReturnType<typeof createWatchActivities>;
