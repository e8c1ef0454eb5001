import type { ImageEvent } from '../../domain/lifecycle/watch-images.js';
import { workflowIds } from '../../domain/names.js';
import { type Activities, ends } from './fake-activities.js';
import { type Ended, play } from './play.js';
import { releaseInput } from './release-endings.js';
import type { StoryRoom } from './story-room.js';

const found: ImageEvent = {
  ...{ project: 'tiny', endpoint: 'live', name: 'advisories', key: 'advisories-a-b' },
  ...{ about: 'CVE-1 in curl 8', at: '2026-01-01T00:00:00.000Z' },
};

function watch(room: StoryRoom, activities: Partial<Activities>): Promise<Ended> {
  room.use(activities);
  return play(room, 'watchImages', { workflowId: workflowIds.platform('watch-images') });
}

/** Every way in which a look at the images that are live ends. */
export const watchEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'watch-images-nothing-new': (room) => watch(room, {}),
  'watch-images-nothing-live': (room) =>
    watch(room, { countLiveImages: async () => ({ live: 0, everRan: true }) }),
  'watch-images-never-an-image': (room) =>
    watch(room, { countLiveImages: async () => ({ live: 0, everRan: false }) }),
  'watch-images-released': async (room) => {
    const opened = releaseInput();
    const ended = await watch(room, {
      watchLiveImages: async () => ({ live: 2, scanned: 2, failed: 1, events: [found] }),
      openImageReleases: async () => [opened],
    });
    // It outlives who started it. The next ending must not meet it.
    const id = workflowIds.releaseServing(opened.project, opened.endpoint, opened.releaseId);
    await room.env.client.workflow.getHandle(id).result();
    return ended;
  },
  'watch-images-failed': (room) =>
    watch(room, { watchLiveImages: ends('PART_UNAVAILABLE', 'no engine agent takes it up') }),
};
