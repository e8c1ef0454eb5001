import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { playEnding } from './endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

describe('stories that open releases', () => {
  it.each([
    ['apply-project-released', 'readProject'],
    ['promote-model-released', 'moveChampion'],
    ['reconcile-refs-released', 'recordHead'],
  ])('%s starts each, which goes its own way to its end', async (name, opens) => {
    const { failure } = await playEnding(room, name);
    expect(failure).toBeUndefined();
    expect(room.called()).toEqual(expect.arrayContaining([opens, 'prepareRelease', 'closeRelease']));
  });

  it('keep what is opened out of what they answer', async () => {
    const { result } = await playEnding(room, 'apply-project-released');
    expect(result).toEqual({ project: 'tiny', commit: 'c', models: ['points'], change: null });
  });
});

describe('lookAtEndpoint', () => {
  const rootOf = (failure: unknown) => {
    const cause = failure instanceof WorkflowFailedError ? failure.cause : failure;
    return cause instanceof ActivityFailure ? cause.cause : cause;
  };

  it('gives what the target says', async () => {
    const { result } = await playEnding(room, 'look-at-endpoint-seen');
    expect(result).toMatchObject({ observed: { revision: 'r1', replicas: [{ state: 'ready' }] }, log: null });
  });

  it('fails with the code of what it meets, and tries once', async () => {
    const { failure } = await playEnding(room, 'look-at-endpoint-refused');
    expect(rootOf(failure)).toMatchObject({ type: 'PART_MISSING' });
    expect(room.called()).toEqual(['readEndpoint']);
  });

  it('does not wait for a target that does not answer', async () => {
    const { failure } = await playEnding(room, 'look-at-endpoint-too-slow');
    expect(rootOf(failure)).toMatchObject({
      type: 'PART_UNAVAILABLE',
      message: 'live is not looked at: its target does not answer in time',
    });
  });
});
