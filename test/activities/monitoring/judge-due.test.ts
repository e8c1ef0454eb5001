import { beforeEach, describe, expect, it } from 'vitest';
import { day, openWatchRoom } from './watch-room.js';

type Room = Awaited<ReturnType<typeof openWatchRoom>>;

const monitoring = {
  windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
  truth: { every: '1 day', from: '1970-01-01', lateness: '1 hour', idle: '6 hours' },
};

describe('the watch of an endpoint', () => {
  let room: Room;
  beforeEach(async () => {
    room = await openWatchRoom(monitoring);
  });
  const kinds = async () => (await room.incidents()).map(({ kind, closedAt }) => [kind, closedAt !== null]);
  const play = async (days: Parameters<Room['serve']>[1][]) => {
    for (const [ordinal, made] of days.entries()) {
      room.serve(ordinal, made);
      await room.look();
    }
    await room.look(day(days.length + 1));
  };

  it('judges each window of both lines once, in order, and none that is not over', async () => {
    room.serve(0);
    expect(await room.look()).toMatchObject({ judged: 0, isGone: false });
    room.serve(1);
    expect(await room.look()).toMatchObject({ judged: 2 });
    expect(await room.look()).toMatchObject({ judged: 0 });
    const [window] = await room.windows('inputs');
    expect(window).toMatchObject({ from: day(0), to: day(1), rows: 500, verdict: 'pass', modelVersion: 1 });
    expect(await room.windows('truth')).toMatchObject([{ from: day(0), verdict: 'pass' }]);
  });

  it('looks again when a window will be due if events go on with the clock, and no more often than usual where they do not', async () => {
    room.serve(0);
    const wakesAfterMs = async (at: string) => Date.parse((await room.look(at)).wakeAt) - Date.parse(at);
    const dueMs = 3_600_000;
    expect(await wakesAfterMs(day(1, dueMs - 60_000))).toBe(4000);
    expect(await wakesAfterMs(day(1, dueMs - 1000))).toBe(2200);
    expect(await wakesAfterMs(day(1, dueMs + 2000))).toBe(4000);
  });

  it('says how good the answers were, by what turned out to be true', async () => {
    await play([{}, {}]);
    const [{ numbers } = { numbers: {} as Record<string, number> }] = await room.windows('truth');
    expect(numbers['labelled']).toBe(500);
    expect(numbers['accuracy']).toBeGreaterThan(0.7);
    expect(numbers['skill']).toBeGreaterThan(0.1);
    expect(Math.abs(numbers['gap'] ?? 1)).toBeLessThan(0.1);
  });

  it('keeps with a window what is shown of it: limits, scores, intervals and the delay of the truth', async () => {
    await play([{}, { labelled: 0 }, {}]);
    const [inputs, truth, unknown] = [
      (await room.windows('inputs'))[0]?.numbers ?? {},
      ...(await room.windows('truth')).map(({ numbers }) => numbers),
    ];
    expect(inputs['limit:column:x']).toBe(0.05);
    expect(inputs).toMatchObject({ 'score:p10': 0.2, 'score:p90': 0.8 });
    expect(truth).toMatchObject({ 'delay:p50': 3600, 'delay:p90': 3600 });
    expect(truth?.['low:logLoss']).toBeLessThan(truth?.['logLoss'] ?? 0);
    expect(unknown).toEqual({ labelled: 0, 'traffic:rows': 500 });
    const [{ evidence } = { evidence: undefined }] = await room.windows('inputs');
    if (evidence === undefined) throw new Error('no window was judged');
    expect(await room.blobs.getJson(evidence)).toMatchObject({ scores: { edges: expect.any(Array) } });
  });

  it('stays silent while nothing happens', async () => {
    await play([{}, {}, {}, {}, {}, {}]);
    expect(await room.incidents()).toEqual([]);
    expect(await room.events()).toEqual([]);
  });

  it('opens one incident for inputs that moved without harm, and starts nothing', async () => {
    await play([{}, {}, { shift: 1 }, { shift: 1 }, { shift: 1 }, { shift: 1 }]);
    const [incident, ...others] = await room.incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ kind: 'covariate-drift', asksForRun: false, openedAt: day(4) });
    expect(incident?.sights.map(({ columns }) => columns)).toEqual([['x'], ['x'], ['x']]);
    expect(await room.events()).toEqual([]);
  });

  it('asks once for a run where the answers get worse for it', async () => {
    const bad = { shift: 1, right: 0.4 };
    await play([{}, {}, bad, bad, bad, bad]);
    expect(await kinds()).toEqual([['harmful-drift', false]]);
    const [incident] = await room.incidents();
    expect(incident?.asksForRun).toBe(true);
    const events = await room.events();
    expect(events).toMatchObject([{ kind: 'monitoring', key: `incident:${incident?.id}`, repeats: 0 }]);
  });

  it('tells a changed concept from a changed world', async () => {
    await play([{}, {}, { right: 0.4 }, { right: 0.4 }, { right: 0.4 }, { right: 0.4 }]);
    expect(await kinds()).toEqual([['concept-drift', false]]);
  });

  it('sends other units to the data engineer, and asks for no run', async () => {
    const other = { unit: 100, right: 0.4 };
    await play([{}, {}, other, other, other]);
    const [incident] = await room.incidents();
    expect(incident).toMatchObject({ kind: 'data-skew', cause: 'skew:unit-change', asksForRun: false });
    expect(incident?.sights[0]?.because).toContain('a hundred times');
    expect(await room.events()).toEqual([]);
  });

  it('starts nothing for wrong data once it is over, though its truth comes later than the inputs are right again', async () => {
    room = await openWatchRoom({ ...monitoring, truth: { ...monitoring.truth, lateness: '2 days' } });
    const other = { unit: 100, right: 0.4 };
    await play([{}, {}, other, other, other, {}, {}, {}, {}]);
    expect(await kinds()).toEqual([['data-skew', true]]);
    expect(await room.events()).toEqual([]);
  });

  it('goes on calling it harm where the inputs are back before the truth is known', async () => {
    room = await openWatchRoom({ ...monitoring, truth: { ...monitoring.truth, lateness: '2 days' } });
    const bad = { shift: 1, right: 0.4 };
    await play([{}, {}, bad, bad, bad, {}, {}, {}, {}]);
    const kindsOfSights = (await room.incidents()).map(({ sights }) => sights.at(-1)?.kind);
    expect(kindsOfSights).toEqual(['harmful-drift']);
    expect(await room.events()).toHaveLength(1);
  });

  it('sends a burst of nulls to the data engineer with the first window that has it', async () => {
    await play([{}, { nulls: 0.3 }]);
    expect(await room.incidents()).toMatchObject([
      { kind: 'data-skew', cause: 'skew:null-burst', openedAt: day(2) },
    ]);
  });

  it('closes an incident by itself once its cause is gone', async () => {
    await play([{}, { shift: 1 }, { shift: 1 }, {}, {}, {}, {}, {}]);
    expect(await kinds()).toEqual([['covariate-drift', true]]);
  });

  it('wakes the line of the model where an incident closed: runs may have waited for its end', async () => {
    await play([{}, { nulls: 0.3 }]);
    const wakes: unknown[] = [];
    for (const ordinal of [2, 3, 4, 5, 6]) {
      room.serve(ordinal);
      wakes.push(...(await room.look()).wakes);
    }
    expect(await kinds()).toEqual([['data-skew', true]]);
    expect(wakes).toEqual([{ project: 'trips', model: 'delay' }]);
  });

  it('says that too few rows say nothing', async () => {
    await play([{ rows: 50 }, { rows: 50, shift: 3 }, { rows: 50, shift: 3 }]);
    expect((await room.windows('inputs')).map(({ verdict }) => verdict)).toEqual([
      'inconclusive',
      'inconclusive',
      'inconclusive',
    ]);
    expect((await room.windows('truth')).every(({ verdict }) => verdict === 'inconclusive')).toBe(true);
    expect(await room.incidents()).toEqual([]);
  });

  it('does not call it well where no truth came', async () => {
    await play([{ labelled: 0 }, { labelled: 0 }, { labelled: 0 }]);
    expect((await room.windows('truth')).map(({ verdict }) => verdict)).not.toContain('pass');
  });

  it('catches up in order after an outage, and comes to the same', async () => {
    const days = [{}, {}, { shift: 1 }, { shift: 1 }, {}, { shift: 1, right: 0.4 }, { shift: 1, right: 0.4 }];
    for (const [ordinal, made] of days.entries()) room.serve(ordinal, made);
    await room.look(day(days.length + 1));
    const late = (await room.windows('inputs')).map(({ from, verdict }) => [from, verdict]);
    const other = await openWatchRoom(monitoring);
    for (const [ordinal, made] of days.entries()) {
      other.serve(ordinal, made);
      await other.look();
    }
    await other.look(day(days.length + 1));
    expect(late).toEqual((await other.windows('inputs')).map(({ from, verdict }) => [from, verdict]));
    expect(await room.incidents()).toEqual(await other.incidents());
  });

  it('asks for a run once where it is interrupted between the event and the window', async () => {
    const bad = { shift: 1, right: 0.4 };
    for (const [ordinal, made] of [{}, {}, bad, bad, bad].entries()) room.serve(ordinal, made);
    const { keep } = room.deps.watches;
    let lost = 0;
    const failing = async (...args: Parameters<typeof keep>) => {
      const [, incidents] = args;
      if (lost === 0 && incidents.some(({ asksForRun }) => asksForRun)) {
        lost += 1;
        throw new Error('the worker died here');
      }
      return keep(...args);
    };
    Object.assign(room.deps.watches, { keep: failing });
    await expect(room.look()).rejects.toThrow('the worker died here');
    await room.look();
    expect(await room.events()).toMatchObject([{ repeats: 1 }]);
    expect((await room.incidents()).filter(({ asksForRun }) => asksForRun)).toHaveLength(1);
  });

  it('ends with the endpoint, once all of its traffic is judged', async () => {
    room.serve(0);
    await room.stores.endpoints.declare('trips', 'd'.repeat(40), [], 'ann');
    expect(await room.look(day(1))).toMatchObject({ isGone: false });
    expect(await room.look(day(2))).toMatchObject({ judged: 2, isGone: false });
    expect(await room.look(day(2))).toMatchObject({ judged: 0, isGone: true });
  });
});
