import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotsBetween } from '../../../domain/triggers/slots.js';
import { timetableOf } from '../../../domain/triggers/timetable.js';
import { utcClock } from '../../../domain/triggers/utc-clock.js';

const now = '2025-06-01T00:00:00Z';

const clockOf = (text: string, timeZone: string) => {
  const timetable = timetableOf({ cron: text, every: undefined, timeZone });
  if (timetable.kind !== 'cron') throw new Error('it is an interval');
  return { timetable, expressions: utcClock(timetable.cron, timeZone, now) };
};

describe('the clock in UTC of a timetable', () => {
  it.each([
    ['30 2 * * *', 'UTC', ['30 2 * * *']],
    ['30 2 * * *', 'Europe/Amsterdam', ['30 0,1 * * *']],
    ['*/30 * * * *', 'Europe/Amsterdam', ['0,30 * * * *']],
    ['30 2 * * *', 'America/New_York', ['30 6,7 * * *']],
    ['15 3 1 * *', 'Asia/Kathmandu', ['30 21 28,29,30,31 * *']],
    ['0 22 28 2 mon', 'America/New_York', ['0 2,3 1,29 2,3 2']],
    ['0 0 1 1 sun', 'Europe/Amsterdam', ['0 22,23 28,29,30,31 1,12 6']],
    ['15 2 * * *', 'Australia/Lord_Howe', ['15,45 15 * * *']],
  ])('%s in %s is %j', (cron, zone, expressions) => {
    expect(clockOf(cron, zone).expressions.toSorted()).toEqual(expressions);
  });

  it('ticks at every slot, and where one is missing', () => {
    const zones = fc.constantFrom(
      'Europe/Amsterdam',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Asia/Kathmandu',
    );
    const part = (...texts: string[]) => fc.constantFrom('*', '*', ...texts);
    const crons = fc
      .tuple(
        fc.constantFrom('0', '*/20', '17,59'),
        part('0', '2', '23', '1-3'),
        part('1', '31', '28-29', '2/9'),
        part('1', '12', '3,10,11'),
        part('sun', 'sat', '1-5'),
      )
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(crons, zones, (text, zone) => {
        const { timetable, expressions } = clockOf(text, zone);
        const ticks = new Set(
          expressions.flatMap((one) =>
            [
              ...slotsBetween(clockOf(one, 'UTC').timetable, '2025-01-01T00:00:00Z', '2026-12-31T00:00:00Z'),
            ].map(({ at }) => at),
          ),
        );
        const slots = [...slotsBetween(timetable, '2025-01-01T00:00:00Z', '2026-12-31T00:00:00Z')];
        expect(slots.filter(({ at }) => !ticks.has(at))).toEqual([]);
        // It is not a clock that ticks all the time: at most as often as a zone has offsets, and at ends of months.
        expect(ticks.size).toBeLessThanOrEqual(slots.length * 8 + 800);
      }),
      { numRuns: 60, seed: 20130401 },
    );
  });
});
