import { proxyActivities } from '@temporalio/workflow';
import type { ImageEventActivities } from '../activities/endpoints/image-event-activities.js';
import type { WatchActivities } from '../activities/endpoints/watch-activities.js';
import { controlOptions, servingOptions } from './options.js';
import { startRelease } from './steps/start-release.js';

const { countLiveImages, openImageReleases, tellOfImages } = proxyActivities<ImageEventActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '10 minutes',
});
const { watchLiveImages, pruneUnusedImages } = proxyActivities<WatchActivities>({
  ...servingOptions,
  startToCloseTimeout: '6 hours',
  scheduleToStartTimeout: '10 minutes',
  scheduleToCloseTimeout: '6 hours',
  // The schedule looks again; an agent that is away must not hold a place of the worker meanwhile.
  retry: { maximumAttempts: 2 },
});

/**
 * Looks at the images that endpoints answer from: whether they would be built on another base now, and whether they would
 * pass their scan with the advisories of now. What it finds starts releases, once for each state of things. Started by a
 * schedule. What nobody goes back to any more is removed from the engine.
 */
export async function watchImages(): Promise<{
  live: number;
  scanned: number;
  failed: number;
  released: number;
  removed: number;
}> {
  const { live, everRan } = await countLiveImages();
  const nothing = { live, scanned: 0, failed: 0, released: 0 };
  if (!everRan) return { ...nothing, removed: 0 };
  const watched = live === 0 ? nothing : await watchAndRelease();
  const { removed } = await pruneUnusedImages();
  return { ...watched, removed };
}

async function watchAndRelease() {
  const { events, ...seen } = await watchLiveImages();
  await tellOfImages();
  const opened = await openImageReleases({ events });
  for (const release of opened) await startRelease(release);
  return { ...seen, released: opened.length };
}
