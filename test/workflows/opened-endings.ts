import { workflowIds } from '../../domain/names.js';
import { type Activities, ends, untilCancelled, wellDone } from './fake-activities.js';
import { type Ended, play } from './play.js';
import { promote } from './promotion-endings.js';
import { releaseInput } from './release-endings.js';
import type { StoryRoom } from './story-room.js';
import { newHead, once, reconcile } from './trigger-endings.js';

const name = { project: 'tiny', endpoint: 'live' };

export const looking = {
  workflowId: workflowIds.lookAtEndpoint('tiny', 'live', 'state'),
  input: { ...name, logLines: null },
};

/** A story that opens a release, which outlives it. The next ending must not meet it. */
async function opening(
  room: StoryRoom,
  tell: (room: StoryRoom, input: ReturnType<typeof releaseInput>) => Promise<Ended>,
): Promise<Ended> {
  const input = releaseInput();
  const ended = await tell(room, input);
  const id = workflowIds.releaseServing(input.project, input.endpoint, input.releaseId);
  await room.env.client.workflow.getHandle(id).result();
  return ended;
}

/** Every way in which endpoints are looked at, and in which releases of them begin. */
export const openedEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'apply-project-released': (room) =>
    opening(room, (_, release) => {
      const readProject: Activities['readProject'] = async (input) => ({
        ...(await wellDone.readProject(input)),
        releases: [release],
      });
      room.use({ readProject });
      const input = { repo: '/repo', ref: 'main' };
      return play(room, 'applyProject', { workflowId: workflowIds.applyRepository('/repo'), input });
    }),
  'promote-model-released': (room) =>
    opening(room, (_, release) => promote(room, { moveChampion: async () => ({ releases: [release] }) })),
  'reconcile-refs-released': (room) =>
    opening(room, (_, release) =>
      reconcile(room, {
        readHead: once(newHead()),
        recordHead: async () => ({ result: 'releases live', wakes: [], releases: [release] }),
      }),
    ),
  'look-at-endpoint-seen': (room) => {
    room.use({});
    return play(room, 'lookAtEndpoint', looking);
  },
  'look-at-endpoint-refused': (room) => {
    room.use({ readEndpoint: ends('PART_MISSING', 'this serving worker has no target swarm') });
    return play(room, 'lookAtEndpoint', looking);
  },
  'look-at-endpoint-too-slow': (room) => {
    room.use({ readEndpoint: untilCancelled(() => undefined) });
    return play(room, 'lookAtEndpoint', looking);
  },
};
