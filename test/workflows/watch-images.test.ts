import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { playEnding } from './endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

describe('watchImages', () => {
  it('looks at what is live, tells people, and starts nothing where nothing is new', async () => {
    const { result } = await playEnding(room, 'watch-images-nothing-new');
    expect(result).toEqual({ live: 2, scanned: 1, failed: 0, released: 0, removed: 3 });
    expect(room.called()).toEqual([
      'countLiveImages',
      'watchLiveImages',
      'tellOfImages',
      'openImageReleases',
      'pruneUnusedImages',
    ]);
  });

  it('looks at nothing where no image is live, and what is left of earlier ones goes', async () => {
    const { result } = await playEnding(room, 'watch-images-nothing-live');
    expect(result).toEqual({ live: 0, scanned: 0, failed: 0, released: 0, removed: 3 });
    expect(room.called()).toEqual(['countLiveImages', 'pruneUnusedImages']);
  });

  it('asks no serving worker where no endpoint ever answered from an image', async () => {
    const { result } = await playEnding(room, 'watch-images-never-an-image');
    expect(result).toMatchObject({ live: 0, removed: 0 });
    expect(room.called()).toEqual(['countLiveImages']);
  });

  it('starts the releases that are opened, and they go their own way', async () => {
    const { result } = await playEnding(room, 'watch-images-released');
    expect(result).toEqual({ live: 2, scanned: 2, failed: 1, released: 1, removed: 3 });
    expect(room.given('openImageReleases')).toMatchObject({ events: [{ key: 'advisories-a-b' }] });
    expect(room.called()).toContain('closeRelease');
  });

  it('fails with the code of what it meets, and the schedule looks again', async () => {
    const { failure } = await playEnding(room, 'watch-images-failed');
    const cause = failure instanceof WorkflowFailedError ? failure.cause : failure;
    expect(cause instanceof ActivityFailure && cause.cause).toMatchObject({ type: 'PART_UNAVAILABLE' });
    expect(room.called()).toEqual(['countLiveImages', 'watchLiveImages']);
  });
});
