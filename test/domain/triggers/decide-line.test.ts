import { describe, expect, it } from 'vitest';
import type { CauseKind } from '../../../domain/names.js';
import type { Hold } from '../../../domain/ports/trigger-events.js';
import { decideLine } from '../../../domain/triggers/decide-line.js';
import { fates, madeEvent, minute, ofVariant, questionOf, settingsOf } from './made-events.js';

const running = { runId: 'run-1', startedAt: minute(0) };
const hold: Hold = { project: 'p', model: 'm', by: 'omar', reason: 'an audit', since: minute(0) };

describe('events together', () => {
  it('become one run, which lists all of them', () => {
    const events = [madeEvent('new-data', 'a'), madeEvent('monitoring', 'b'), madeEvent('event', 'c')];
    const decided = decideLine(questionOf(events));
    expect(fates(decided, ['a', 'b', 'c'])).toEqual(['started', 'merged', 'merged']);
    expect(decided).toMatchObject({
      start: { id: 'run-new', commit: null, variant: null, automatic: true, causes: events, replaces: null },
      cancel: null,
      wakeAt: null,
      waitsFor: null,
    });
  });

  it('start at the commit of the newest push, as the run of a person', () => {
    const events = [madeEvent('new-data', 'a'), madeEvent('push', 'b'), madeEvent('push', 'c')];
    const { start } = decideLine(questionOf(events));
    expect(start).toMatchObject({ commit: 'c', automatic: false });
    expect(start?.causes.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  it('of a person take along what a cool-down, a budget or a veto holds up', () => {
    const settings = settingsOf({ coolDown: '1 day', veto: '1 hour' }, { budgets: { runsPerWeek: 1 } });
    const state = { lastAutomaticAt: minute(-1), used: { runs: 1, computeMinutes: 5 } };
    const events = [madeEvent('new-data', 'a'), madeEvent('monitoring', 'b'), madeEvent('manual', 'c')];
    const decided = decideLine(questionOf(events, settings, state));
    expect(fates(decided, ['a', 'b', 'c'])).toEqual(['merged', 'merged', 'started']);
  });

  it('of different variants are runs of their own, one after the other, and persons come first', () => {
    const events = [
      ofVariant('a', 'deep'),
      madeEvent('schedule', 'b'),
      ofVariant('c', 'deep'),
      madeEvent('push', 'd'),
    ];
    const decided = decideLine(questionOf(events));
    expect(fates(decided, ['a', 'b', 'c', 'd'])).toEqual(['waits', 'merged', 'waits', 'started']);
    expect(decided.waitsFor).toBe('the end of run run-new');
    const next = decideLine(questionOf([ofVariant('a', 'deep'), ofVariant('c', 'deep')]));
    expect(next.start).toMatchObject({ variant: 'deep', commit: null });
  });
});

describe('a debounce', () => {
  const settings = settingsOf({ debounce: '5 minutes' });

  it('waits until the newest event is so old', () => {
    const events = [madeEvent('push', 'a'), madeEvent('push', 'b', { receivedAt: minute(4) })];
    expect(decideLine(questionOf(events, settings, {}, minute(8)))).toMatchObject({
      start: null,
      wakeAt: minute(9),
      waitsFor: `others, until ${minute(9)} (debounce of 5 minutes)`,
    });
    expect(decideLine(questionOf(events, settings, {}, minute(9))).start?.commit).toBe('b');
  });

  it('waits ten times as long at most, so that a stream of events cannot hold a run up', () => {
    const stream = Array.from({ length: 50 }, (_, at) =>
      madeEvent('event', `e${at}`, { receivedAt: minute(at) }),
    );
    expect(decideLine(questionOf(stream, settings, {}, minute(49)))).toMatchObject({
      start: null,
      wakeAt: minute(50),
    });
    expect(decideLine(questionOf(stream, settings, {}, minute(50))).start?.causes).toHaveLength(50);
  });

  it('of a push is not made longer by programs', () => {
    const events = [madeEvent('push', 'a'), madeEvent('event', 'b', { receivedAt: minute(4) })];
    expect(decideLine(questionOf(events, settings, {}, minute(5))).start?.causes).toHaveLength(2);
  });
});

describe('a run in flight', () => {
  it('is followed by one run of all that came meanwhile', () => {
    const events = [madeEvent('push', 'a'), madeEvent('event', 'b'), madeEvent('push', 'c')];
    const waiting = decideLine(questionOf(events, settingsOf(), { inFlight: [running] }));
    expect(waiting).toMatchObject({ start: null, wakeAt: null, waitsFor: 'the end of run run-1' });
    expect(decideLine(questionOf(events)).start).toMatchObject({ commit: 'c', causes: { length: 3 } });
  });

  it('is followed by a run for every push, in order, where pushes queue', () => {
    const settings = settingsOf({ inFlight: 'queue' });
    const events = [
      madeEvent('event', 'x'),
      madeEvent('push', 'a'),
      madeEvent('push', 'b'),
      madeEvent('push', 'c'),
    ];
    const first = decideLine(questionOf(events, settings));
    expect(first.start).toMatchObject({ commit: 'a' });
    expect(fates(first, ['x', 'a', 'b', 'c'])).toEqual(['merged', 'started', 'waits', 'waits']);
    expect(decideLine(questionOf(events.slice(2), settings)).start).toMatchObject({ commit: 'b' });
    const waiting = decideLine(questionOf(events, settings, { inFlight: [running] }));
    expect(waiting.waitsFor).toBe('the end of run run-1; the push before it');
  });

  it('is cancelled for a push where the model asks for that, and the new run says which it replaces', () => {
    const settings = settingsOf({ inFlight: 'replace' });
    const events = [madeEvent('new-data', 'a'), madeEvent('push', 'b')];
    const decided = decideLine(questionOf(events, settings, { inFlight: [running] }));
    expect(decided).toMatchObject({ cancel: 'run-1', start: { commit: 'b', replaces: 'run-1' } });
    expect(fates(decided, ['a', 'b'])).toEqual(['merged', 'started']);
  });

  it('that is replaced and not over yet is not the one that the next push cancels', () => {
    const inFlight = [{ runId: 'run-2', startedAt: minute(5) }, running];
    const decided = decideLine(
      questionOf([madeEvent('push', 'c')], settingsOf({ inFlight: 'replace' }), { inFlight }, minute(6)),
    );
    expect(decided.cancel).toBe('run-2');
  });
});

describe('a cool-down and a budget', () => {
  it('say when they end, and what is used of how much', () => {
    const cooling = decideLine(
      questionOf([madeEvent('new-data', 'a')], settingsOf({ coolDown: '6 hours' }), {
        lastAutomaticAt: minute(-60),
      }),
    );
    expect(cooling.wakeAt).toBe(minute(300));
    expect(cooling.waitsFor).toBe(
      `the cool-down of 6 hours after the automatic run of ${minute(-60)}, which ends at ${minute(300)}`,
    );
    const played = decideLine({
      ...questionOf([madeEvent('new-data', 'a')], settingsOf({ coolDown: '70 days' }), {
        lastAutomaticAt: '2013-04-29T00:00:00.000Z',
      }),
      clock: '2013-07-07T23:00:00.000Z',
    });
    expect(played).toMatchObject({ start: null, wakeAt: minute(60) });
    expect(played.waitsFor).toMatch(/ends at 2013-07-08T00:00:00.000Z$/);
    const spent = decideLine(
      questionOf(
        [madeEvent('schedule', 'a'), madeEvent('event', 'b')],
        settingsOf({}, { budgets: { computeMinutesPerWeek: 60 } }),
        { used: { runs: 1, computeMinutes: 61.26 } },
      ),
    );
    const reason = 'the budget of 60 compute minutes in seven days, of which 61.3 are used';
    expect(spent).toMatchObject({ wakeAt: minute(60), waitsFor: reason });
    expect(spent.outcomes).toEqual([{ id: 'a', outcome: { kind: 'suppressed', rule: 'budget', reason } }]);
  });
});

describe('what events wait for', () => {
  it('is said of each by itself, with when it ends', () => {
    const settings = settingsOf({ debounce: '5 minutes', coolDown: '6 hours' });
    const state = { lastAutomaticAt: minute(-60) };
    const events = [ofVariant('a', 'deep'), madeEvent('push', 'b')];
    const { waits, waitsFor, wakeAt } = decideLine(questionOf(events, settings, state));
    expect(waits).toEqual([
      { id: 'a', why: expect.stringMatching(/^the cool-down of 6 hours /), until: minute(300) },
      { id: 'b', why: `others, until ${minute(5)} (debounce of 5 minutes)`, until: minute(5) },
    ]);
    expect(waitsFor).toBe(waits.map(({ why }) => why).join('; '));
    expect(wakeAt).toBe(minute(5));
    const held = decideLine(questionOf(events, settings, { hold }));
    expect(held.waits.map(({ id, until }) => [id, until])).toEqual([
      ['a', null],
      ['b', null],
    ]);
  });
});

describe('a veto', () => {
  const settings = settingsOf({ veto: '30 minutes', debounce: '5 minutes' });

  it('is asked for when the debounce is over, and the run starts when nobody stopped it', () => {
    const event = madeEvent('new-data', 'a');
    expect(decideLine(questionOf([event], settings, {}, minute(4)))).toMatchObject({
      proposed: [],
      wakeAt: minute(5),
    });
    expect(decideLine(questionOf([event], settings, {}, minute(5)))).toMatchObject({
      proposed: ['a'],
      start: null,
      wakeAt: minute(35),
      waitsFor: `a veto, until ${minute(35)}`,
    });
    const announced = { ...event, proposedAt: minute(5) };
    expect(decideLine(questionOf([announced], settings, {}, minute(34)))).toMatchObject({
      proposed: [],
      start: null,
    });
    expect(decideLine(questionOf([announced], settings, {}, minute(35))).start?.causes).toEqual([announced]);
  });

  it('is about events too that come while the run is announced, and they do not put it off', () => {
    const announced = madeEvent('new-data', 'a', { proposedAt: minute(5) });
    const late = madeEvent('monitoring', 'b', { receivedAt: minute(34) });
    expect(decideLine(questionOf([announced, late], settings, {}, minute(34)))).toMatchObject({
      proposed: ['b'],
      wakeAt: minute(35),
    });
    expect(decideLine(questionOf([announced, late], settings, {}, minute(35))).start?.causes).toHaveLength(2);
  });

  it('is not asked for a second time where it was taken out of the configuration', () => {
    const announced = madeEvent('new-data', 'a', { proposedAt: minute(5) });
    expect(decideLine(questionOf([announced], settingsOf(), {}, minute(6))).start).not.toBeNull();
  });
});

describe('a hold', () => {
  it('tells who fires by hand at once, and loses nothing else', () => {
    const events = [madeEvent('push', 'a'), madeEvent('manual', 'b'), madeEvent('monitoring', 'c')];
    const decided = decideLine(questionOf(events, settingsOf(), { hold }));
    expect(decided.outcomes).toEqual([
      {
        id: 'b',
        outcome: {
          kind: 'suppressed',
          rule: 'held',
          reason: `omar holds the model since ${minute(0)}: an audit`,
        },
      },
    ]);
    expect(decided).toMatchObject({
      start: null,
      wakeAt: null,
      waitsFor: 'the release by omar, who holds the model: an audit',
    });
  });
});

describe('what a model does not listen to any more', () => {
  it.each<[CauseKind, object]>([
    ['push', { push: false }],
    ['schedule', { schedules: {} }],
    ['new-data', { newData: {} }],
    ['event', { events: {} }],
    ['monitoring', { monitoring: false }],
  ])('of kind %s is settled, also while the model is held', (kind, off) => {
    const settings = settingsOf();
    const quiet = { ...settings, triggers: { ...settings.triggers, ...off } };
    for (const state of [{}, { hold }]) {
      const decided = decideLine(questionOf([madeEvent(kind, 'it')], quiet, state));
      expect(fates(decided, ['it'])).toEqual(['suppressed turned-off']);
    }
  });
});
