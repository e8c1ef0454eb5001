import type { NewHead } from '../../domain/lifecycle/follow-ref.js';
import { workflowIds } from '../../domain/names.js';
import { type Activities, ends } from './fake-activities.js';
import { type Ended, happening, play } from './play.js';
import type { StoryRoom } from './story-room.js';

const main = 'refs/heads/main';

/** A head of `tiny` that was not handled yet. */
export function newHead(changes: Partial<NewHead> = {}): NewHead {
  return {
    project: 'tiny',
    ref: main,
    repo: '/tiny',
    from: 'a'.repeat(40),
    to: 'b'.repeat(40),
    applies: true,
    ...changes,
  };
}

/** Batches of stored webhooks, in order; nothing is left after the last. */
export function inbox(...batches: readonly (readonly string[])[]): Pick<Activities, 'sortDeliveries'> {
  const left = [...batches];
  return {
    sortDeliveries: async (input) => {
      const deliveries = input?.without.includes('tiny') ? undefined : left.shift();
      const refs = deliveries === undefined ? [] : [{ project: 'tiny', ref: main, deliveries }];
      return { refs, wakes: [], isMore: deliveries !== undefined && left.length > 0 };
    },
  };
}

/** A row of `tiny` that somebody changed by hand. */
export const driftedTiny = {
  ...{ repo: '/tiny', ref: 'main' },
  putsBack: { project: 'tiny', drift: ['model points: its row is gone'] },
};

/** Says what went into the records of a head. */
export const recording: Pick<Activities, 'recordHead'> = {
  recordHead: async ({ to, refusal }) => ({
    result: refusal === null ? `${to} trains points` : `${to} is not applied: ${refusal}`,
    wakes: refusal === null ? [{ project: 'tiny', model: 'points' }] : [],
  }),
};

export function drain(
  room: StoryRoom,
  activities: Partial<Activities>,
  meanwhile?: Parameters<typeof play>[3],
): Promise<Ended> {
  room.use(activities);
  return play(room, 'handleDeliveries', { workflowId: workflowIds.handleDeliveries() }, meanwhile);
}

export function reconcile(room: StoryRoom, activities: Partial<Activities>): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.reconcileRefs('tiny');
  return play(room, 'reconcileRefs', { workflowId, input: { project: 'tiny' } });
}

export function deliver(
  room: StoryRoom,
  activities: Partial<Activities>,
  meanwhile?: Parameters<typeof play>[3],
): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.platform('deliver-notifications');
  return play(room, 'deliverNotifications', { workflowId }, meanwhile);
}

/** When letters are due, look by look; nothing is left after the last. */
export function letters(...due: readonly string[]): Pick<Activities, 'deliverLetters'> {
  const left = [...due];
  return { deliverLetters: async () => ({ nextAt: left.shift() ?? null }) };
}

const nightly = { project: 'tiny', model: 'points', schedule: 'nightly' };
const watched = { project: 'tiny', model: 'points', name: 'rows' };

function fire(room: StoryRoom, activities: Partial<Activities>): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.fireSchedule('tiny', 'points', 'nightly');
  return play(room, 'fireSchedule', { workflowId, input: nightly });
}

function watch(room: StoryRoom, activities: Partial<Activities>): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.watchSource('tiny', 'points', 'rows');
  return play(room, 'watchSource', { workflowId, input: watched });
}

const refuses = ends('CONFIG_INVALID', 'models is missing');

/** Ways in which the stories between what happens and the lines of models end. */
export const triggerEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'handle-deliveries-nothing-there': (room) => drain(room, {}),
  'handle-deliveries-drained': (room) =>
    drain(room, { ...inbox(['d1', 'd2', 'd3'], ['d4']), ...recording, readHead: once(newHead()) }),
  'forget-deliveries-done': (room) => {
    room.use({});
    return play(room, 'forgetDeliveries', { workflowId: workflowIds.platform('forget-deliveries') });
  },
  'handle-deliveries-each-by-itself': (room) =>
    drain(room, { ...inbox(['d1', 'd2', 'd3'], ['d4']), ...recording, readHead: once(newHead()) }),
  'handle-deliveries-one-fails-by-itself': (room) =>
    drain(room, { ...inbox(['d1']), readHead: ends('GIT_UNREACHABLE', 'no answer from the host') }),
  'handle-deliveries-woken': (room) => {
    const [began, woken] = [happening(), happening()];
    const sortDeliveries = async () => {
      began.now();
      await woken.happened;
      return { refs: [], wakes: [], isMore: false };
    };
    return drain(room, { sortDeliveries }, async (handle) => {
      await began.happened;
      await handle.signal('wake');
      woken.now();
    });
  },
  'handle-deliveries-head-refused': (room) =>
    drain(room, { ...inbox(['d1', 'd2']), ...recording, readHead: once(newHead()), readProject: refuses }),
  'handle-deliveries-schedules-refused': (room) =>
    drain(room, {
      ...inbox(['d1']),
      ...recording,
      readHead: once(newHead()),
      declareSchedules: ends('MODEL_NOT_FOUND', 'there is no such model'),
    }),
  'handle-deliveries-head-unavailable': (room) =>
    drain(room, {
      ...inbox(['d1']),
      ...recording,
      readHead: once(newHead()),
      readProject: ends('PART_UNAVAILABLE', 'no answer from the host'),
    }),
  'reconcile-refs-nothing-new': (room) => reconcile(room, {}),
  'reconcile-refs-followed': (room) => reconcile(room, { ...recording, readHead: once(newHead()) }),
  'reconcile-refs-rows-put-back': (room) => reconcile(room, { findRowDrift: async () => driftedTiny }),
  'reconcile-refs-head-not-applied': (room) =>
    reconcile(room, { ...recording, readHead: once(newHead({ applies: false })) }),
  'reconcile-refs-head-refused': (room) =>
    reconcile(room, { ...recording, readHead: once(newHead()), readProject: refuses }),
  'fire-schedule-recorded': (room) => fire(room, {}),
  'fire-schedule-failed': (room) => fire(room, { recordSlot: ends('INTERNAL', 'it broke') }),
  'watch-source-new-data': (room) => watch(room, {}),
  'watch-source-failed': (room) => watch(room, { lookForData: ends('SOURCE_UNKNOWN', 'no such source') }),
  'deliver-notifications-nothing-left': (room) => deliver(room, {}),
  'deliver-notifications-later': async (room) => {
    const now = await room.env.currentTimeMs();
    const inAnHour = new Date(now + 60 * 60 * 1000).toISOString();
    return deliver(room, letters(inAnHour, new Date(0).toISOString()));
  },
};

/** A head that is new at the first look, and handled at the next. */
export function once(head: NewHead): Activities['readHead'] {
  const left = [head];
  return async () => left.shift() ?? null;
}
