import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openStoryRoom, type StoryRoom } from './story-room.js';

/**
 * One room for the tests of a file, and another one where a test is tried again: the test server refuses to cancel a timer
 * that fires at the same moment, then never hands out that workflow's task again, and its time stands still for
 * everybody (temporalio/sdk-java issue 3088).
 *
 * @param opened is called with every room before it is used
 */
export function sharedStoryRoom(
  options: Parameters<typeof openStoryRoom>[0],
  opened: (room: StoryRoom) => unknown = () => undefined,
): StoryRoom {
  let current: StoryRoom;
  const open = async () => {
    current = await openStoryRoom(options);
    await opened(current);
  };
  beforeAll(open);
  beforeEach(async ({ task }) => {
    if ((task.result?.retryCount ?? 0) === 0) return;
    await current.close();
    await open();
  });
  afterAll(() => current.close());
  return new Proxy({} as StoryRoom, { get: (_, name) => Reflect.get(current, name) });
}
