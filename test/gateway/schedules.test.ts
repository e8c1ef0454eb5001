import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { putLine } from './put-line.js';
import { declareSchedules, endSchedules } from './server-schedules.js';

let room: GatewayRoom;
let project: string;
let tokens: Record<'anna' | 'lisa', string>;
const made: string[] = [];
beforeAll(async () => {
  room = await openGatewayRoom();
});
beforeEach(async () => {
  project = await room.newProject();
  tokens = await membersOf(room, project, { anna: ['data-engineer'], lisa: ['reviewer'] });
  await putLine(room, project, {
    schedules: {
      nightly: { cron: '30 2 * * *', timeZone: 'Europe/Amsterdam', variant: 'deep' },
      often: { every: '2 hours' },
      // In this zone the server fires at both instants of the hour that comes twice.
      'new-york': { cron: '30 1 * * *', timeZone: 'America/New_York' },
    },
    newData: { flown: { source: 'db', query: 'select 1', every: '10 minutes' } },
  });
  made.push(project);
});
afterAll(async () => {
  for (const name of made) await endSchedules(room, name);
  await room.close();
});

const declare = () => declareSchedules(room, project);
const list = async () =>
  (await room.ask('GET', `/api/v1/schedules?project=${project}`, { token: tokens.lisa })).body;
const row = async (name: string | null) =>
  (await list()).schedules.find((one: { name: string | null }) => one.name === name);
const handleOf = (name: string) =>
  room.deps.client.schedule.getHandle(workflowIds.fireSchedule(project, 'delay', name));
const handleOfLine = () => room.deps.client.workflow.getHandle(workflowIds.handleTriggers(project, 'delay'));
const post = (verb: string, body?: object, name = 'nightly', token = tokens.anna) =>
  room.ask('POST', `/api/v1/schedules/${project}/delay/${name}/${verb}`, { token, body });

describe('schedules', () => {
  it('are listed as Git declares them, before the server has them', async () => {
    const { schedules, notice } = await list();
    expect(notice).toBeNull();
    const of = (
      id: string,
      kind: string,
      name: string | null,
      timetable: string,
      timeZone: string | null,
    ) => ({
      ...{ id: `${id}${project}${name === null ? '' : `/delay/${name}`}`, project, kind, name, timetable },
      ...{ model: name === null ? null : 'delay', timeZone, paused: null, next: [], last: null },
      drift: 'not on the server yet',
    });
    const zones = ['America/New_York', 'Europe/Amsterdam'] as const;
    expect(schedules).toEqual([
      of('refs/', 'refs', null, 'every 5 minutes', null),
      of('schedule/', 'slot', 'new-york', 'cron 30 1 * * * in America/New_York', zones[0]),
      of('schedule/', 'slot', 'nightly', 'cron 30 2 * * * in Europe/Amsterdam', zones[1]),
      of('schedule/', 'slot', 'often', 'every 2 hours', null),
      of('source/', 'source', 'flown', 'db every 10 minutes', null),
    ]);
  });

  it('have the next slots of the server, and no drift while it says what was declared', async () => {
    await declare();
    const { schedules } = await list();
    expect(schedules.map(({ drift }: { drift: string }) => drift)).toEqual([null, null, null, null, null]);
    const { next } = await row('nightly');
    expect(next).toHaveLength(5);
    expect(next[0]).toMatch(/T0[01]:30:00\.000Z$/);
  });

  it('drift from Git is what somebody did by hand on the server', async () => {
    await declare();
    await handleOf('nightly').update((before) => ({
      ...before,
      spec: { cronExpressions: ['0 * * * *'] },
    }));
    await handleOf('often').pause('by hand');
    await room.deps.client.schedule.getHandle(`source/${project}/delay/flown`).delete();
    const drifts = async () =>
      (await list()).schedules.map((one: { name: string; drift: string | null }) => one.drift);
    expect(await drifts()).toEqual([
      null,
      null,
      'changed on the server by hand; it is put back',
      'paused on the server by hand; it is put back',
      'taken off the server by hand; it is put back',
    ]);
    await declare();
    expect(await drifts()).toEqual([null, null, null, null, null]);
  });

  it('that Git no longer has are shown until they are gone', async () => {
    await declare();
    await putLine(room, project, { schedules: { often: { every: '2 hours' } } });
    expect(await row('nightly')).toMatchObject({
      timetable: null,
      drift: 'no longer in Git; it is taken off the server',
    });
    await handleOf('nightly').delete();
    expect(await row('nightly')).toMatchObject({ drift: 'no longer in Git, and gone' });
    await declare();
    expect(await row('nightly')).toBeUndefined();
  });

  it('are those of the projects that one may read', async () => {
    const other = await room.newProject();
    const { lisa = '' } = tokens;
    const { body } = await room.ask('GET', '/api/v1/schedules', { token: lisa });
    const projects = new Set(body.schedules.map((one: { project: string }) => one.project));
    expect([projects.has(project), projects.has(other)]).toEqual([true, false]);
    const hidden = await room.ask('GET', `/api/v1/schedules?project=${other}`, { token: lisa });
    expect(hidden.body.error.code).toBe('PROJECT_NOT_FOUND');
  });
});

describe('pausing a timetable', () => {
  it('counts at once, outlives what Git says next, and is taken back', async () => {
    await declare();
    const { status, body } = await post('pause', { reason: 'the source is moved' });
    expect([status, body]).toMatchObject([200, { project, by: 'anna', reason: 'the source is moved' }]);
    const { state } = await handleOf('nightly').describe();
    expect([state.paused, state.note]).toEqual([true, 'paused by anna: the source is moved']);
    const { since } = body;
    expect(await row('nightly')).toMatchObject({
      paused: { by: 'anna', reason: 'the source is moved', since },
      next: [],
      drift: null,
    });
    await handleOf('nightly').unpause();
    expect(await row('nightly')).toMatchObject({ drift: 'not paused on the server yet' });
    await declare();
    expect((await handleOf('nightly').describe()).state.paused).toBe(true);
    expect((await post('resume', { reason: 'it has moved' })).body).toEqual(body);
    expect((await handleOf('nightly').describe()).state.paused).toBe(false);
    expect(await row('nightly')).toMatchObject({ paused: null, drift: null });
    const subject = `schedule/${project}/delay/nightly`;
    const told = (await room.deps.audit.list({ project, subject })).filter(({ actor }) => actor === 'anna');
    expect(told.map(({ action }) => action)).toEqual([
      'schedule.resume-reason',
      'schedule.resumed',
      'schedule.paused',
    ]);
    expect((await post('resume', { reason: 'x' })).body.error.code).toBe('CONFLICT');
  });

  it('is remembered before the server has the schedule', async () => {
    expect((await post('pause', { reason: 'not yet' })).status).toBe(200);
    await declare();
    expect((await handleOf('nightly').describe()).state.paused).toBe(true);
    await putLine(room, project);
    expect((await post('resume', { reason: 'it is gone' })).status).toBe(200);
  });
});

describe('firing a timetable', () => {
  const slotsOf = async (schedule: string) => {
    const { events } = await room.deps.triggers.list({ project, kind: 'schedule', limit: 200 });
    return events
      .filter(({ facts }) => facts.kind === 'schedule' && facts.schedule === schedule)
      .map(({ key, at, by, outcome }) => ({ key, at, by, outcome }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  };

  it('now is a slot that is now, also while it is paused, and before the server has it', async () => {
    await post('pause', { reason: 'x' });
    const { status, body } = await post('run-now');
    expect([status, body]).toEqual([200, { id: `schedule/${project}/delay/nightly` }]);
    const [slot, ...others] = await slotsOf('nightly');
    expect([slot?.outcome, slot?.by, others]).toEqual([null, 'anna', []]);
    expect(Math.abs(Date.parse(slot?.at ?? '') - Date.now())).toBeLessThan(60_000);
    const [told] = await room.deps.audit.list({ project, action: 'schedule.run-now' });
    expect(told).toMatchObject({ actor: 'anna', subject: `schedule/${project}/delay/nightly` });
    await expect.poll(async () => (await handleOfLine().describe()).status.name).toBe('RUNNING');
  });

  it('over both changes of daylight saving fires each slot once, and records the one there was not', async () => {
    const spring = { from: '2025-03-29T01:30:00Z', to: '2025-03-31T00:30:00+00:00' };
    const { body } = await post('backfill', spring);
    expect(body).toEqual({
      id: `schedule/${project}/delay/nightly`,
      slots: ['2025-03-29T01:30:00.000Z', '2025-03-31T00:30:00.000Z'],
      missing: ['2025-03-30T02:30'],
    });
    const autumn = { from: '2025-11-01T05:30:00Z', to: '2025-11-03T06:30:00Z' };
    const twice = await post('backfill', autumn, 'new-york');
    const slots = ['2025-11-01T05:30:00.000Z', '2025-11-02T05:30:00.000Z', '2025-11-03T06:30:00.000Z'];
    expect(twice.body).toMatchObject({ slots, missing: [] });
    expect((await slotsOf('new-york')).map(({ at }) => at)).toEqual(slots);
    const reason = 'no clock in Europe/Amsterdam showed 2025-03-30T02:30';
    expect(await slotsOf('nightly')).toMatchObject([
      { key: 'schedule:nightly:2025-03-29T02:30', at: '2025-03-29T01:30:00.000Z', by: 'anna', outcome: null },
      {
        ...{ key: 'schedule:nightly:2025-03-30T02:30', at: '2025-03-30T01:30:00.000Z' },
        outcome: { kind: 'suppressed', rule: 'no-such-time', reason },
      },
      { key: 'schedule:nightly:2025-03-31T02:30', at: '2025-03-31T00:30:00.000Z', outcome: null },
    ]);
    await post('backfill', spring);
    const { events } = await room.deps.triggers.list({ project, key: 'schedule:nightly:2025-03-30T02:30' });
    expect(events).toMatchObject([{ repeats: 1, facts: { variant: 'deep' } }]);
  });

  it('where there is no slot fires nothing', async () => {
    const { body } = await post('backfill', { from: '2025-05-01T12:00:00Z', to: '2025-05-01T13:00:00Z' });
    expect(body).toMatchObject({ slots: [], missing: [] });
    expect(await slotsOf('nightly')).toEqual([]);
  });

  it('is refused for slots to come, and for too many', async () => {
    const years = { from: '2020-01-01T00:00:00Z', to: '2025-01-01T00:00:00Z' };
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    for (const [body, words] of [
      [{ from: years.to, to: years.from }, '"from" is after "to"'],
      [{ from: years.to, to: tomorrow }, '"to" is to come'],
      [years, 'there are 1000 slots or more'],
      [{ from: '2025-01-01', to: years.to }, 'body.from is text "2025-01-01"'],
    ] as const) {
      const { status, body: answer } = await post('backfill', body);
      expect([status, answer.error.code]).toEqual([400, 'REQUEST_INVALID']);
      expect(answer.error.message).toContain(words);
    }
    expect(await room.deps.audit.list({ project, action: 'schedule.backfilled' })).toEqual([]);
  });
});

describe('what is done to a timetable', () => {
  const bodies = {
    pause: { reason: 'x' },
    resume: { reason: 'x' },
    'run-now': undefined,
    backfill: { from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' },
  } as const;

  it.each(Object.entries(bodies))(
    '%s is refused where it is not there, and to readers',
    async (verb, body) => {
      const missing = await post(verb, body, 'weekly');
      expect(missing.body.error).toMatchObject(
        verb === 'resume'
          ? { code: 'CONFLICT' }
          : {
              code: 'NOT_FOUND',
              message: `model ${project}/delay has no schedule "weekly"; it has new-york, nightly, often`,
            },
      );
      expect((await post(verb, body, 'nightly', tokens.lisa)).body.error.code).toBe('FORBIDDEN');
      const nowhere = await room.ask('POST', `/api/v1/schedules/nowhere/delay/nightly/${verb}`, { body });
      expect(nowhere.body.error.code).toBe('PROJECT_NOT_FOUND');
    },
  );
});
