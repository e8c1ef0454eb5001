import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localClock, timeZoneProblem } from '../../../domain/triggers/local-time.js';
import { localSlot, nextSlots, slotKey, slotsAt, slotsBetween } from '../../../domain/triggers/slots.js';
import { timetableOf } from '../../../domain/triggers/timetable.js';

const timetable = (text: string, timeZone: string) => {
  const found = timetableOf({ cron: text, every: undefined, timeZone });
  if (found.kind !== 'cron') throw new Error('it is an interval');
  return found;
};
const missingIn = (cron: string, zone: string, from: string, to: string) =>
  [...slotsBetween(timetable(cron, zone), from, to)].flatMap(({ slot, isMissing }) =>
    isMissing ? [slot] : [],
  );

describe('the slot of an instant', () => {
  it.each([
    ['2025-01-01T12:00:00Z', 'UTC', '2025-01-01T12:00'],
    ['2025-01-01T12:00:30Z', 'UTC', '2025-01-01T12:00:30'],
    ['2025-01-01T00:00:00Z', 'Europe/Amsterdam', '2025-01-01T01:00'],
    ['2025-07-01T22:30:00Z', 'Europe/Amsterdam', '2025-07-02T00:30'],
    // The hour from two to three comes twice.
    ['2025-10-26T00:30:00Z', 'Europe/Amsterdam', '2025-10-26T02:30'],
    ['2025-10-26T01:30:00Z', 'Europe/Amsterdam', '2025-10-26T02:30'],
    ['2025-11-02T05:30:00Z', 'America/New_York', '2025-11-02T01:30'],
    ['2025-11-02T06:30:00Z', 'America/New_York', '2025-11-02T01:30'],
    // Half an hour.
    ['2025-04-05T14:45:00Z', 'Australia/Lord_Howe', '2025-04-06T01:45'],
    ['2025-04-05T15:15:00Z', 'Australia/Lord_Howe', '2025-04-06T01:45'],
    ['2025-03-30T01:00:00Z', 'Europe/Amsterdam', '2025-03-30T03:00'],
    ['2025-06-01T00:00:00Z', 'Asia/Kathmandu', '2025-06-01T05:45'],
  ])('%s in %s is %s', (instant, zone, slot) => {
    expect(localSlot(instant, zone)).toBe(slot);
  });

  it('names the event, so that the second of a doubled hour is the same one', () => {
    const keys = ['2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z'].map((instant) =>
      slotKey('nightly', localSlot(instant, 'Europe/Amsterdam')),
    );
    expect(keys).toEqual(Array(2).fill('schedule:nightly:2025-10-26T02:30'));
  });

  it('is the instant itself in UTC', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        const text = new Date(second * 1000).toISOString();
        expect(localSlot(text, 'UTC')).toBe(text.slice(0, second % 60 === 0 ? 16 : 19));
      }),
    );
  });
});

describe('slots that no clock shows', () => {
  const year = ['2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'] as const;

  it.each([
    ['30 2 * * *', 'Europe/Amsterdam', ['2025-03-30T02:30']],
    ['*/20 2-3 * * *', 'Europe/Amsterdam', ['2025-03-30T02:00', '2025-03-30T02:20', '2025-03-30T02:40']],
    ['30 3 * * *', 'Europe/Amsterdam', []],
    ['30 2 * * mon', 'Europe/Amsterdam', []],
    ['30 2 * * sun', 'Europe/Amsterdam', ['2025-03-30T02:30']],
    ['30 2 30 mar *', 'Europe/Amsterdam', ['2025-03-30T02:30']],
    ['30 2 * * *', 'America/New_York', ['2025-03-09T02:30']],
    ['*/15 2 * * *', 'Australia/Lord_Howe', ['2025-10-05T02:00', '2025-10-05T02:15']],
    ['0 0 * * *', 'Africa/Cairo', ['2025-04-25T00:00']],
    ['*/15 * * * *', 'UTC', []],
    ['*/15 * * * *', 'Asia/Kolkata', []],
  ])('%s in %s of 2025: %j', (cron, zone, slots) => {
    expect(missingIn(cron, zone, ...year)).toEqual(slots);
  });

  it('are those of a whole day where an island moved over the date line', () => {
    expect(missingIn('0 */8 * * *', 'Pacific/Apia', '2011-12-01T00:00:00Z', '2012-01-01T00:00:00Z')).toEqual([
      '2011-12-30T00:00',
      '2011-12-30T08:00',
      '2011-12-30T16:00',
    ]);
  });

  it.each([
    ['30 2 * * *', 'Europe/Amsterdam', '2025-03-30T02:30', '2025-03-30T01:30:00.000Z'],
    ['0 2 * * *', 'America/New_York', '2025-03-09T02:00', '2025-03-09T07:00:00.000Z'],
    ['15 2 * * *', 'Australia/Lord_Howe', '2025-10-05T02:15', '2025-10-04T15:45:00.000Z'],
  ])('stand at what an unchanged clock would have shown: %s in %s, %s at %s', (cron, zone, slot, at) => {
    expect(slotsAt(timetable(cron, zone), at)).toEqual([{ slot, at, isMissing: true }]);
  });
});

describe('slots between two instants', () => {
  it.each([
    [
      '*/30 2 * * *',
      'Europe/Amsterdam',
      ['2025-10-25T22:00:00Z', '2025-10-26T12:00:00Z'],
      ['2025-10-26T00:00:00.000Z', '2025-10-26T00:30:00.000Z'],
    ],
    [
      '30 1 * * *',
      'America/New_York',
      ['2025-11-01T05:30:00Z', '2025-11-03T06:30:00Z'],
      ['2025-11-01T05:30:00.000Z', '2025-11-02T05:30:00.000Z', '2025-11-03T06:30:00.000Z'],
    ],
    [
      '0 0 29 2 *',
      'UTC',
      ['2021-01-01T00:00:00Z', '2029-01-01T00:00:00Z'],
      ['2024-02-29T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ],
  ])('of %s in %s are each once, at its first instant', (cron, zone, [from = '', to = ''], instants) => {
    expect([...slotsBetween(timetable(cron, zone), from, to)].map(({ at }) => at)).toEqual(instants);
  });

  it('of an interval are counted from 1970 on', () => {
    const every = { kind: 'interval', everyMs: 7_200_000 } as const;
    const found = [...slotsBetween(every, '2025-01-01T01:00:00Z', '2025-01-01T04:00:00Z')];
    expect(found.map(({ slot }) => slot)).toEqual(['2025-01-01T02:00', '2025-01-01T04:00']);
    expect(slotsAt(every, '2025-01-01T03:00:00Z')).toEqual([]);
  });

  it('to come leave out one that is missing, and look as far as a leap day on a Monday', () => {
    const nightly = timetable('30 2 * * *', 'Europe/Amsterdam');
    expect(nextSlots(nightly, '2025-03-29T01:30:00Z', 2).map(({ at }) => at)).toEqual([
      '2025-03-31T00:30:00.000Z',
      '2025-04-01T00:30:00.000Z',
    ]);
    const leapMonday = nextSlots(timetable('0 0 29 2 mon', 'UTC'), '2072-03-01T00:00:00Z', 1);
    expect(leapMonday.map(({ at }) => at)).toEqual(['2112-02-29T00:00:00.000Z']);
  });

  it('are with those that no clock shows all that the timetable has, and each is where clocks show it first', () => {
    const zones = fc.constantFrom(
      ['Europe/Amsterdam', '2025-03-29T12:00:00Z', '2025-03-30T12:00:00Z'],
      ['Europe/Amsterdam', '2025-10-25T12:00:00Z', '2025-10-26T12:00:00Z'],
      ['America/New_York', '2025-03-09T00:00:00Z', '2025-03-10T00:00:00Z'],
      ['Australia/Lord_Howe', '2025-10-04T00:00:00Z', '2025-10-05T00:00:00Z'],
      ['Australia/Lord_Howe', '2025-04-05T00:00:00Z', '2025-04-06T00:00:00Z'],
      ['America/New_York', '2025-11-02T00:00:00Z', '2025-11-03T00:00:00Z'],
      ['UTC', '2025-11-02T00:00:00Z', '2025-11-03T00:00:00Z'],
    );
    const crons = fc
      .tuple(fc.constantFrom('*/7', '0', '30', '5/11'), fc.constantFrom('*', '1-3', '2', '*/2'))
      .map(([minute, hour]) => `${minute} ${hour} * * *`);
    fc.assert(
      fc.property(zones, crons, ([zone = '', from = '', to = ''], text) => {
        const { cron } = timetable(text, zone);
        const clock = localClock(zone);
        const shown = minutesOf(from, to).map((instant) =>
          new Date(clock.localMs(Date.parse(instant))).toISOString().slice(0, 16),
        );
        const inCron = (slot: string) =>
          cron.minute.has(Number(slot.slice(14, 16))) && cron.hour.has(Number(slot.slice(11, 13)));
        // Every local minute between the first and the last, whether or not there is such an instant.
        const local = minutesOf(`${shown[0]}:00Z`, `${shown.at(-1)}:00Z`).map((instant) =>
          instant.slice(0, 16),
        );
        const slots = [...slotsBetween(timetable(text, zone), from, to)];
        expect(slots.map(({ slot }) => slot).sort()).toEqual(local.filter(inCron));
        for (const { slot, at, isMissing } of slots)
          expect(shown.indexOf(slot)).toBe(isMissing ? -1 : minutesOf(from, at).length - 1);
      }),
      { numRuns: 60, seed: 20130401 },
    );
  });

  function minutesOf(from: string, to: string): string[] {
    const start = Date.parse(from);
    const count = (Date.parse(to) - start) / 60_000;
    return Array.from({ length: count + 1 }, (_, at) => new Date(start + at * 60_000).toISOString());
  }
});

describe('the name of a time zone', () => {
  it.each(['UTC', 'Europe/Amsterdam', 'America/New_York', 'US/Eastern', 'Etc/GMT+5'])('%s is one', (name) => {
    expect(timeZoneProblem(name)).toBeUndefined();
  });

  it.each([
    ['utc', 'UTC'],
    ['europe/amsterdam', 'Europe/Amsterdam'],
    ['Europe/Amsterdan', 'Europe/Amsterdam'],
    ['+05:00', undefined],
    ['Amsterdam', undefined],
    ['', undefined],
  ])('%j is none, and %s may be meant', (name, meant) => {
    expect(timeZoneProblem(name)).toEqual({ meant });
  });
});
