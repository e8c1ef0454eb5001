import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { openTimetableRoom, type TimetableRoom } from './timetable-room.js';

let room: TimetableRoom;
beforeAll(async () => {
  room = await openTimetableRoom();
});
afterAll(() => room.close());

const patience = { interval: 250 };
const amsterdam = 'Europe/Amsterdam';
const newYork = 'America/New_York';

/** Slots of a timetable: `<local> at <instant>`, or that there was none; `again` where it came twice. */
async function told(name: string): Promise<string[]> {
  return (await room.events(name)).map(({ at, facts, outcome, repeats }) => {
    const slot = facts.kind === 'schedule' ? facts.slot.slice(5) : '';
    if (outcome?.kind === 'suppressed') return `${slot} ${outcome.rule}`;
    return `${slot} at ${at.slice(11, 16)}Z${repeats > 0 ? ' again' : ''}`;
  });
}

const handleOf = (name: string) =>
  room.deps.client.schedule.getHandle(workflowIds.fireSchedule(room.project, 'delay', name));

describe('the clock of a timetable, as the server ticks over a change of daylight saving', () => {
  const changes = [
    [
      amsterdam,
      'begins',
      ['2025-03-29T23:00:00Z', '2025-03-30T03:00:00Z'],
      {
        '0 * * * *': [
          '03-30T00:00 at 23:00Z',
          '03-30T01:00 at 00:00Z',
          '03-30T02:00 no-such-time',
          '03-30T03:00 at 01:00Z',
          '03-30T04:00 at 02:00Z',
          '03-30T05:00 at 03:00Z',
        ],
        '30 2 * * *': ['03-30T02:30 no-such-time'],
        '*/30 2 * * *': ['03-30T02:00 no-such-time', '03-30T02:30 no-such-time'],
        '30 2-3 * * sun': ['03-30T02:30 no-such-time', '03-30T03:30 at 01:30Z'],
      },
    ],
    [
      amsterdam,
      'ends',
      ['2025-10-25T22:00:00Z', '2025-10-26T03:00:00Z'],
      {
        '0 * * * *': [
          '10-26T00:00 at 22:00Z',
          '10-26T01:00 at 23:00Z',
          '10-26T02:00 at 00:00Z again',
          '10-26T03:00 at 02:00Z',
          '10-26T04:00 at 03:00Z',
        ],
        '30 2 * * *': ['10-26T02:30 at 00:30Z again'],
        '*/30 2 * * *': ['10-26T02:00 at 00:00Z again', '10-26T02:30 at 00:30Z again'],
        '30 2-3 * * sun': ['10-26T02:30 at 00:30Z again', '10-26T03:30 at 02:30Z'],
      },
    ],
    [
      newYork,
      'begins',
      ['2025-03-09T05:00:00Z', '2025-03-09T09:00:00Z'],
      {
        '0 * * * *': [
          '03-09T00:00 at 05:00Z',
          '03-09T01:00 at 06:00Z',
          '03-09T02:00 no-such-time',
          '03-09T03:00 at 07:00Z',
          '03-09T04:00 at 08:00Z',
          '03-09T05:00 at 09:00Z',
        ],
        '30 2 * * *': ['03-09T02:30 no-such-time'],
        '*/30 1 * * *': ['03-09T01:00 at 06:00Z', '03-09T01:30 at 06:30Z'],
        '15 23 8 3 *': [],
      },
    ],
    [
      newYork,
      'ends',
      ['2025-11-02T04:00:00Z', '2025-11-02T09:00:00Z'],
      {
        '0 * * * *': [
          '11-02T00:00 at 04:00Z',
          '11-02T01:00 at 05:00Z again',
          '11-02T02:00 at 07:00Z',
          '11-02T03:00 at 08:00Z',
          '11-02T04:00 at 09:00Z',
        ],
        '30 2 * * *': ['11-02T02:30 at 07:30Z'],
        '*/30 1 * * *': ['11-02T01:00 at 05:00Z again', '11-02T01:30 at 05:30Z again'],
        '15 23 8 3 *': [],
      },
    ],
  ] as const;

  it('has each slot once, at its first instant, and says which local times there were not', async () => {
    const crons = changes.flatMap(([timeZone, change, range, slots]) =>
      Object.entries(slots).map(([cron, wanted], at) => ({
        ...{ name: `${timeZone.slice(0, 6)}-${change}-${at}`.toLowerCase().replace('/', '-') },
        ...{ timeZone, cron, range, wanted: [...wanted] },
      })),
    );
    await room.declare(
      Object.fromEntries(crons.map(({ name, cron, timeZone }) => [name, { cron, timeZone }])),
    );
    await room.startWorker();
    for (const { name, range } of crons)
      await handleOf(name).backfill({
        // The server leaves out the instant that a range begins with.
        start: new Date(Date.parse(range[0]) - 1),
        end: new Date(range[1]),
        overlap: ScheduleOverlapPolicy.ALLOW_ALL,
      });
    const wanted = Object.fromEntries(crons.map((one) => [one.name, one.wanted]));
    const found = async () =>
      Object.fromEntries(await Promise.all(crons.map(async ({ name }) => [name, await told(name)])));
    await expect.poll(found, patience).toEqual(wanted);
    await expect.poll(running, patience).toBe(0);
    expect(await found()).toEqual(wanted);
  });

  it('leaves a whole year to a backfill: each day once, less the one whose hour there was not', async () => {
    const year = { from: '2025-01-01T00:00:00Z', to: '2025-12-31T23:59:59Z' };
    await room.declare({
      europe: { cron: '30 2 * * *', timeZone: amsterdam },
      america: { cron: '30 1 * * *', timeZone: newYork },
    });
    const { body } = await room.post('europe', 'backfill', year);
    expect([body.slots.length, body.missing]).toEqual([364, ['2025-03-30T02:30']]);
    const america = (await room.post('america', 'backfill', year)).body;
    expect([america.slots.length, america.missing]).toEqual([365, []]);
    expect(new Set((await told('europe')).map((text) => text.slice(5, 11)))).toEqual(new Set(['T02:30']));
    expect(await room.events('america')).toHaveLength(365);
  });

  async function running(): Promise<number> {
    const query = `WorkflowType = 'fireSchedule' AND ExecutionStatus = 'Running'`;
    return (await room.deps.client.workflow.count(query)).count;
  }
});

describe('a timetable of seconds', () => {
  const reason = { reason: 'a test' };
  const secondsOf = async (name: string) => (await room.events(name)).map(({ at }) => Date.parse(at));
  /** Whole seconds that lie between two moments. */
  const between = (fromMs: number, toMs: number) => {
    const first = Math.floor(fromMs / 1000) * 1000 + 1000;
    return Array.from(
      { length: Math.max(0, Math.ceil((toMs - first) / 1000)) },
      (_, at) => first + at * 1000,
    );
  };
  const passed = (sinceMs: number, ms: number) => sleep(Math.max(0, sinceMs + ms - Date.now()));

  it('has no slots while it is paused, and makes none up when it goes on', async () => {
    await room.declare({ paused: { every: '1 second', overlap: 'buffer' } });
    await expect.poll(async () => (await secondsOf('paused')).length, patience).toBeGreaterThan(1);
    expect((await room.post('paused', 'pause', reason)).status).toBe(200);
    const pausedMs = Date.now();
    await passed(pausedMs, 4000);
    const resumingMs = Date.now();
    expect((await room.post('paused', 'resume', reason)).status).toBe(200);
    const resumedMs = Date.now();
    const later = async () => (await secondsOf('paused')).filter((at) => at > resumedMs);
    await expect.poll(async () => (await later()).length, patience).toBeGreaterThan(1);
    const meanwhile = (await secondsOf('paused')).filter((at) => at > pausedMs && at < resumingMs);
    expect(meanwhile).toEqual([]);
  });

  it('whose slots are held up keeps all of them where they wait, and the first where they skip', async () => {
    await room.declare({
      waiting: { every: '1 second', overlap: 'buffer' },
      skipping: { every: '1 second' },
    });
    for (const name of ['waiting', 'skipping'])
      await expect.poll(async () => (await secondsOf(name)).length, patience).toBeGreaterThan(0);
    await room.stopWorker();
    const stoppedMs = Date.now();
    await passed(stoppedMs, 5000);
    const startedMs = Date.now();
    await room.startWorker();
    const held = between(stoppedMs, startedMs);
    expect(held.length).toBeGreaterThanOrEqual(4);
    await expect.poll(() => secondsOf('waiting'), patience).toEqual(expect.arrayContaining(held));
    const later = async () => (await secondsOf('skipping')).filter((at) => at > startedMs);
    await expect.poll(async () => (await later()).length, patience).toBeGreaterThan(0);
    const taken = (await secondsOf('skipping')).filter((at) => held.includes(at));
    expect(taken.length).toBeLessThanOrEqual(1);
  });

  it('makes up for what an outage of the server took, as far back as it says, and no further', async () => {
    await room.declare({
      long: { every: '1 second', overlap: 'buffer', catchUp: '1 hour' },
      short: { every: '1 second', overlap: 'buffer', catchUp: '10 seconds' },
    });
    for (const name of ['long', 'short'])
      await expect.poll(async () => (await secondsOf(name)).length, patience).toBeGreaterThan(0);
    await room.stopWorker();
    const killedMs = Date.now();
    await room.killServer();
    const goneMs = Date.now();
    await passed(goneMs, 15_000);
    const backMs = Date.now();
    await room.startServer();
    await room.startWorker();
    await expect
      .poll(() => secondsOf('long'), patience)
      .toEqual(expect.arrayContaining(between(goneMs, backMs)));
    await expect.poll(async () => (await secondsOf('short')).some((at) => at > backMs), patience).toBe(true);
    const tooOld = between(goneMs, backMs - 10_000);
    expect(tooOld.length).toBeGreaterThanOrEqual(4);
    expect((await secondsOf('short')).filter((at) => tooOld.includes(at))).toEqual([]);
    expect(killedMs).toBeLessThanOrEqual(goneMs);
  });
});
