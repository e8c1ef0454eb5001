import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { playEnding } from './endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const looks = () => room.called().filter((name) => name === 'judgeDueWindows').length;

describe('watchEndpoint', () => {
  it('looks again and again for as long as the endpoint is there', async () => {
    await playEnding(room, 'watch-endpoint-judged');
    expect(looks()).toBe(3);
    expect(room.called()).not.toContain('wakeLines');
    expect(room.called().filter((name) => name === 'tellOfIncidents')).toHaveLength(1);
  });

  it("wakes the model's line where an incident asked for a run", async () => {
    await playEnding(room, 'watch-endpoint-asked-for-a-run');
    expect(room.given('wakeLines')).toEqual([{ project: 'tiny', model: 'points' }]);
  });

  it('looks at once when it is woken', async () => {
    await playEnding(room, 'watch-endpoint-woken');
    expect(looks()).toBe(2);
  });

  it('goes on in a new history, and keeps nothing in mind', async () => {
    await playEnding(room, 'watch-endpoint-continued');
    expect(looks()).toBe(2);
  });

  it('ends with the code of what can never be judged, and is begun again by the schedule', async () => {
    const { failure } = await playEnding(room, 'watch-endpoint-failed');
    const cause = failure instanceof WorkflowFailedError ? failure.cause : failure;
    expect(cause instanceof ActivityFailure && cause.cause).toMatchObject({ type: 'MODEL_NOT_FOUND' });
  });
});
