import { describe, expect, it } from 'vitest';
import { type Activities, ends } from './fake-activities.js';
import { happening } from './play.js';
import { sharedStoryRoom } from './shared-story-room.js';
import {
  drain,
  driftedTiny,
  inbox,
  newHead,
  once,
  reconcile,
  recording,
  triggerEndings,
} from './trigger-endings.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const playEnding = (name: string) => {
  const ending = triggerEndings[name];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};
const times = (wanted: string) => room.called().filter((name) => name === wanted).length;
const inputsOf = (wanted: string) =>
  room.calls.flatMap(({ name, input }) => (name === wanted ? [input] : []));
const to = newHead().to;

describe('handleDeliveries', () => {
  it('ends at once where nothing is stored', async () => {
    const { failure } = await playEnding('handle-deliveries-nothing-there');
    expect(failure).toBeUndefined();
    expect(times('sortDeliveries')).toBe(1);
    expect(times('readHead')).toBe(0);
  });

  it('drains what is stored batch by batch, looks once at a ref for many deliveries, and says what came of them', async () => {
    const { failure } = await playEnding('handle-deliveries-drained');
    expect(failure).toBeUndefined();
    expect(times('readHead')).toBe(2);
    expect(times('readProject')).toBe(1);
    expect(inputsOf('finishDeliveries')).toEqual([
      { project: 'tiny', deliveries: ['d1', 'd2', 'd3'], result: `${to} trains points` },
      { project: 'tiny', deliveries: ['d4'], result: 'its head is handled already' },
    ]);
    expect(inputsOf('wakeLines')).toContainEqual([{ project: 'tiny', model: 'points' }]);
  });

  it('wakes the lines of events that came as webhooks', async () => {
    const wakes = [{ project: 'tiny', model: 'points' }];
    await drain(room, { sortDeliveries: async () => ({ refs: [], wakes, isMore: false }) });
    expect(room.given('wakeLines')).toEqual(wakes);
  });

  it('wakes lines before it finishes the deliveries that led to it', async () => {
    await playEnding('handle-deliveries-drained');
    const woke = room.calls.findIndex(
      ({ name, input }) => name === 'wakeLines' && (input as readonly unknown[]).length > 0,
    );
    expect(woke).toBeGreaterThan(-1);
    expect(woke).toBeLessThan(room.called().indexOf('finishDeliveries'));
  });

  it('loses no message that comes while it sorts', async () => {
    await playEnding('handle-deliveries-woken');
    expect(times('sortDeliveries')).toBe(2);
  });

  it('tells of a head that cannot be applied, and finishes its deliveries with the words', async () => {
    const { failure } = await playEnding('handle-deliveries-head-refused');
    expect(failure).toBeUndefined();
    expect(room.given('recordHead')).toEqual({ ...newHead(), refusal: 'models is missing' });
    expect(inputsOf('finishDeliveries')).toEqual([
      { project: 'tiny', deliveries: ['d1', 'd2'], result: `${to} is not applied: models is missing` },
    ]);
  });

  it('takes timetables that could not be brought to the server for no refusal of the head', async () => {
    const { failure } = await playEnding('handle-deliveries-schedules-refused');
    expect(failure).toBeUndefined();
    const undeclared = 'there is no such model';
    expect(room.given('recordHead')).toEqual({ ...newHead(), refusal: null, undeclared });
  });

  it('takes a part that is away for no refusal: the head is not handled, and its deliveries stay', async () => {
    const { failure } = await playEnding('handle-deliveries-head-unavailable');
    expect(failure).toBeDefined();
    expect(room.called()).not.toContain('recordHead');
    expect(room.called()).not.toContain('finishDeliveries');
  });

  /** Deliveries of two projects, of which the first comes first; each is there until it is finished or left out. */
  const ofTwo = (): Pick<Activities, 'sortDeliveries' | 'finishDeliveries'> => {
    const left = new Map([
      ['lost', ['d1']],
      ['tiny', ['d2']],
    ]);
    return {
      sortDeliveries: async (input) => {
        const [first, ...more] = [...left.keys()].filter((project) => !input?.without.includes(project));
        if (first === undefined) return { refs: [], wakes: [], isMore: false };
        const refs = [{ project: first, ref: 'refs/heads/main', deliveries: left.get(first) ?? [] }];
        return { refs, wakes: [], isMore: more.length > 0 };
      },
      finishDeliveries: async ({ project }) => void left.delete(project),
    };
  };

  it('goes on with the next batch while a repository does not answer, and looks again at its project after that', async () => {
    const answered = happening();
    const { failure } = await drain(
      room,
      {
        ...ofTwo(),
        readHead: async ({ project }) => {
          if (project === 'lost') await answered.happened;
          return null;
        },
      },
      async () => {
        while (times('finishDeliveries') === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        answered.now();
      },
    );
    expect(failure).toBeUndefined();
    expect(inputsOf('finishDeliveries')).toMatchObject([{ project: 'tiny' }, { project: 'lost' }]);
    expect(inputsOf('sortDeliveries')).toContainEqual({ without: ['lost'] });
  });

  it('lets a repository that does not answer at all hold up no other one, and fails at the end', async () => {
    const lost = ends('GIT_UNREACHABLE', 'no answer from the host');
    const { failure } = await drain(room, {
      ...ofTwo(),
      readHead: async ({ project }) => (project === 'lost' ? lost() : null),
    });
    expect(failure).toBeDefined();
    expect(inputsOf('finishDeliveries')).toEqual([
      { project: 'tiny', deliveries: ['d2'], result: 'its head is handled already' },
    ]);
  });

  it('waits where another one applies the same repository, and applies it then', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const repo = '/held';
    const applied: string[] = [];
    room.use({
      ...inbox(['d1']),
      ...recording,
      readHead: once(newHead({ repo })),
      readProject: async ({ ref }) => {
        applied.push(ref);
        if (ref === 'by-hand') await held;
        return { project: 'tiny', commit: 'c', models: [], change: null, asks: null, wakes: [] };
      },
    });
    const byHand = await room.env.client.workflow.start('applyProject', {
      workflowId: `apply/${repo}`,
      taskQueue: 'orchestrator',
      args: [{ repo, ref: 'by-hand' }],
    });
    const inboxHandle = await room.env.client.workflow.start('handleDeliveries', {
      workflowId: 'inbox/gateway',
      taskQueue: 'orchestrator',
      args: [],
    });
    while (times('readHead') < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200));
    release();
    await byHand.result();
    await inboxHandle.result();
    expect(applied).toEqual(['by-hand', 'main']);
    expect(times('finishDeliveries')).toBe(1);
  });
});

describe('reconcileRefs', () => {
  it('looks at each tracked ref, and brings the schedules to what the repository says', async () => {
    await playEnding('reconcile-refs-nothing-new');
    expect(room.given('readHead')).toEqual({ project: 'tiny', ref: 'refs/heads/main' });
    expect(room.called()).not.toContain('recordHead');
    expect(room.called().at(-1)).toBe('declareSchedules');
  });

  it('leads to what the webhook of the same head leads to', async () => {
    const ofStep = () =>
      room.calls.filter(
        ({ name }) => name === 'readProject' || name === 'recordHead' || name === 'wakeLines',
      );
    await playEnding('reconcile-refs-followed');
    const byTimetable = ofStep();
    await drain(room, { ...inbox(['d1']), ...recording, readHead: once(newHead()) });
    const byWebhook = ofStep().filter(
      ({ name, input }) => name !== 'wakeLines' || (input as readonly unknown[]).length > 0,
    );
    expect(byTimetable).toEqual(byWebhook);
    expect(byTimetable.map(({ name }) => name)).toEqual(['readProject', 'recordHead', 'wakeLines']);
  });

  it('applies the commit that it looked at, of the branch by its short name', async () => {
    await playEnding('reconcile-refs-followed');
    expect(room.given('readProject')).toEqual({ repo: '/tiny', ref: 'main', commit: to });
    expect(room.given('recordHead')).toEqual({ ...newHead(), refusal: null });
  });

  it('applies nothing where no configuration changed', async () => {
    await playEnding('reconcile-refs-head-not-applied');
    expect(room.called()).not.toContain('readProject');
    expect(room.called()).toContain('recordHead');
  });

  it('puts rows back that somebody changed by hand, before it brings the schedules to what they say', async () => {
    await playEnding('reconcile-refs-rows-put-back');
    expect(room.given('readProject')).toEqual(driftedTiny);
    expect(room.called().at(-1)).toBe('declareSchedules');
    expect(room.called().indexOf('findRowDrift')).toBeLessThan(room.called().indexOf('readProject'));
  });

  it('goes on with the schedules where a head is refused', async () => {
    const { failure } = await playEnding('reconcile-refs-head-refused');
    expect(failure).toBeUndefined();
    expect(room.given('recordHead')).toMatchObject({ refusal: 'models is missing' });
    expect(room.called().at(-1)).toBe('declareSchedules');
  });

  it('fails where the repository cannot be read, and records nothing', async () => {
    const { failure } = await reconcile(room, { readHead: ends('GIT_NOT_FOUND', 'no such repository') });
    expect(failure).toBeDefined();
    expect(room.called()).not.toContain('recordHead');
  });
});
