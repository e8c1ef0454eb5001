import type { WorkflowHandle, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { WatchEndpointInput, WatchStep } from '../../domain/lifecycle/watch-endpoint.js';
import { workflowIds } from '../../domain/names.js';
import { type Activities, ends } from './fake-activities.js';
import { type Ended, play } from './play.js';
import type { StoryRoom } from './story-room.js';

let watches = 0;

/** A watch of its own: what an earlier one left behind does not meet it. */
export function watchInput(changes: Partial<WatchEndpointInput> = {}): WatchEndpointInput {
  watches += 1;
  return { project: 'tiny', endpoint: `live-${watches}`, ...changes };
}

const past = '1970-01-01T00:00:00.000Z';

export const looked = (changes: Partial<WatchStep> = {}): WatchStep => ({
  ...{ judged: 0, wakeAt: past, wakes: [], isGone: false },
  ...changes,
});

/** What the looks of a watch come to, in order; the endpoint is gone after the last. */
export function looks(...steps: readonly WatchStep[]): Pick<Activities, 'judgeDueWindows'> {
  const left = [...steps];
  return { judgeDueWindows: async () => left.shift() ?? looked({ isGone: true }) };
}

export function watch(
  room: StoryRoom,
  activities: Partial<Activities>,
  input = watchInput(),
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.watchEndpoint(input.project, input.endpoint);
  return play(room, 'watchEndpoint', { workflowId, input }, meanwhile);
}

const asking = looked({ judged: 2, wakes: [{ project: 'tiny', model: 'points' }] });

/** Ways in which the watch of an endpoint goes on and ends. */
export const monitoringEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'watch-endpoint-gone': (room) => watch(room, looks()),
  'watch-endpoint-judged': (room) => watch(room, looks(looked({ judged: 2 }), looked())),
  'watch-endpoint-asked-for-a-run': (room) => watch(room, looks(asking)),
  'watch-endpoint-failed': (room) =>
    watch(room, { judgeDueWindows: ends('MODEL_NOT_FOUND', 'there is no version 3') }),
  'watch-endpoint-woken': (room) =>
    watch(room, looks(looked({ wakeAt: '2999-01-01T00:00:00.000Z' })), watchInput(), wakeSoon(room)),
  'watch-endpoint-continued': continued,
  /** The history that ends by going on in a new one. */
  'watch-endpoint-continues': async (room) => {
    const { handle } = await continued(room);
    const { workflowId, firstExecutionRunId } = handle as WorkflowHandleWithFirstExecutionRunId;
    return { handle: room.plainClient.workflow.getHandle(workflowId, firstExecutionRunId) };
  },
};

/** One look of one history, and the last of the next. */
function continued(room: StoryRoom): Promise<Ended> {
  return watch(room, looks(looked()), watchInput({ continueAfterEvents: 1 }));
}

function wakeSoon(room: StoryRoom): (handle: WorkflowHandle) => Promise<unknown> {
  return async (handle) => {
    while (!room.called().includes('judgeDueWindows'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await handle.signal('wake');
  };
}
