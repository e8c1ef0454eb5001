import type { WorkflowHandle } from '@temporalio/client';
import type { EngineVerb } from '../../activities/engine/engine-activities.js';
import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import { workflowIds } from '../../domain/names.js';
import {
  type Activities,
  type ActivityName,
  ends,
  releasePlan,
  untilCancelled,
  wantedRevision,
  wellDone,
} from './fake-activities.js';
import { type Ended, happening, play } from './play.js';
import type { StoryRoom } from './story-room.js';

let releases = 0;

export function releaseInput(): ReleaseServingInput {
  releases += 1;
  return { project: 'tiny', endpoint: 'live', releaseId: `release-${releases}`, round: 0 };
}

export function release(
  room: StoryRoom,
  activities: Partial<Activities>,
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
  input = releaseInput(),
): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.releaseServing(input.project, input.endpoint, input.releaseId);
  return play(room, 'releaseServing', { workflowId, input }, meanwhile);
}

const application = { repo: '/repo', commit: 'c', path: 'app', treeId: 't' };
const kept = { application: { uri: 's3://b/before', sha256: 'b', bytes: 2 }, image: null };

const planned =
  (changes: Parameters<typeof releasePlan>[0]): Activities['prepareRelease'] =>
  async ({ releaseId }) =>
    releasePlan({ wanted: wantedRevision(releaseId), ...changes });
const withCode = planned({ application });

/** A release that is cancelled while one of its activities works. */
async function cancelledIn(
  room: StoryRoom,
  name: ActivityName,
  activities: Partial<Activities>,
  end?: () => Promise<unknown>,
): Promise<Ended> {
  const { happened, now } = happening();
  const held = { ...activities, [name]: untilCancelled(now, end as never) };
  return release(room, held, async (handle) => {
    await happened;
    await handle.cancel();
  });
}

/** A request to the engine agent, whose activities are these. */
function ask(room: StoryRoom, verb: EngineVerb, activities: Partial<Activities>): Promise<Ended> {
  room.use(activities);
  const at = { workflowId: workflowIds.askEngine(verb, 'tiny/live') };
  return play(room, 'askEngine', { ...at, input: { verb, asked: { project: 'tiny', endpoint: 'live' } } });
}

/** Every way in which a release, and the look after endpoints, ends. */
export const releaseEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'release-serving-succeeded': (room) => release(room, {}),
  'release-serving-succeeded-with-code': (room) => release(room, { prepareRelease: withCode }),
  'release-serving-rolled-back': (room) =>
    release(room, { prepareRelease: planned({ kind: 'rollback', kept }) }),
  'release-serving-succeeded-after-another': (room) => {
    let asked = 0;
    const takeReleaseTurn: Activities['takeReleaseTurn'] = async () => {
      asked += 1;
      return asked === 1 ? { kind: 'wait', for: 'release-0', wakes: [] } : { kind: 'go', wakes: [] };
    };
    const waking = { takeReleaseTurn, closeRelease: async () => ({ wakes: ['release/tiny/live/none'] }) };
    return release(room, waking, (handle) => handle.signal('recheck'));
  },
  'release-serving-superseded': (room) => {
    let asked = 0;
    const takeReleaseTurn: Activities['takeReleaseTurn'] = async () => {
      asked += 1;
      if (asked === 1) return { kind: 'wait', for: 'release-0', wakes: [] };
      return { kind: 'over', status: 'cancelled', reason: 'release-9 is newer', wakes: [] };
    };
    return release(room, { takeReleaseTurn });
  },
  'release-serving-cancelled-in-line': (room) =>
    release(
      room,
      { takeReleaseTurn: async () => ({ kind: 'wait', for: 'release-0', wakes: [] }) },
      async (handle) => {
        // At rest by then: this server does not get over a cancellation that meets the end of an activity.
        await room.env.sleep('1 minute');
        await handle.cancel();
      },
    ),
  'release-serving-failed-in-its-tests': (room) =>
    release(room, {
      prepareRelease: withCode,
      testApplication: ends('APPLICATION_FAILED', 'one test fails'),
    }),
  'release-serving-refused-by-the-contract': (room) =>
    release(room, { prepareRelease: withCode, checkContract: ends('API_BROKEN', 'field "delay" is gone') }),
  'release-serving-refused-without-an-image': (room) =>
    release(room, {
      prepareRelease: planned({ image: 'required' }),
      buildImage: ends('IMAGE_REFUSED', 'no engine is configured'),
    }),
  'release-serving-succeeded-with-an-image': (room) =>
    release(room, { prepareRelease: planned({ hasEngine: true }) }),
  'release-serving-refused-by-its-scan': (room) =>
    release(room, {
      prepareRelease: planned({ hasEngine: true }),
      scanImage: ends('IMAGE_REFUSED', 'the verdict on the image is inconclusive'),
    }),
  'release-serving-refused-in-deploy': (room) =>
    release(room, { deployRevision: ends('DEPLOY_FAILED', 'it was not ready in 60 s') }),
  'release-serving-refused-in-verify': (room) =>
    release(room, { verifyRevision: ends('ANSWERS_DIFFER', 'row 3 is 0.5 instead of 0.7') }),
  'release-serving-refused-where-nothing-was-live': (room) =>
    release(room, {
      deployRevision: ends('DEPLOY_FAILED', 'it was not ready in 60 s'),
      restoreRevision: async () => null,
    }),
  'release-serving-failed-and-not-brought-back': (room) =>
    release(room, {
      verifyRevision: ends('BLOB_CORRUPT', 'it broke'),
      restoreRevision: ends('PART_MISSING', 'no agent'),
      tellOfRelease: ends('INTERNAL', 'nobody is there'),
    }),
  'ask-engine-done': (room) => ask(room, 'observeContainers', {}),
  'ask-engine-refused': (room) =>
    ask(room, 'deployContainers', { deployContainers: ends('ENGINE_REFUSED', 'it asks for root') }),
  'ask-engine-too-slow': (room) =>
    ask(room, 'observeContainers', { observeContainers: untilCancelled(() => undefined) }),
  'release-serving-cancelled-in-prepare': (room) => cancelledIn(room, 'prepareRelease', {}),
  'release-serving-cancelled-in-its-tests': (room) =>
    cancelledIn(room, 'testApplication', { prepareRelease: withCode }),
  'release-serving-too-late-to-cancel': async (room) => {
    const { happened, now } = happening();
    const deployRevision: Activities['deployRevision'] = async (input) => {
      now();
      const handle = room.plainClient.workflow.getHandle(
        workflowIds.releaseServing(input.project, input.endpoint, input.releaseId),
      );
      await handle.cancel();
      return wellDone.deployRevision(input);
    };
    return release(room, { deployRevision }, () => happened);
  },
  'reconcile-endpoints-done': (room) => {
    room.use({});
    return play(room, 'reconcileEndpoints', { workflowId: workflowIds.platform('reconcile-endpoints') });
  },
  'reconcile-endpoints-nothing-declared': (room) => {
    room.use({
      reconcileOpenReleases: async () => ({ unstarted: [], closed: [], wakes: [], hasEndpoints: false }),
    });
    return play(room, 'reconcileEndpoints', { workflowId: workflowIds.platform('reconcile-endpoints') });
  },
  'reconcile-endpoints-mended-releases': async (room) => {
    const left = releaseInput();
    room.use({
      reconcileOpenReleases: async () => ({
        ...{ unstarted: [left], closed: ['a'], hasEndpoints: true },
        wakes: ['release/tiny/live/none'],
      }),
    });
    const ended = await play(room, 'reconcileEndpoints', {
      workflowId: workflowIds.platform('reconcile-endpoints'),
    });
    const started = workflowIds.releaseServing(left.project, left.endpoint, left.releaseId);
    // It outlives who started it. The next ending must not meet it.
    await room.env.client.workflow.getHandle(started).result();
    return ended;
  },
};
