import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueUntil } from '../../../domain/monitoring/due-until.js';
import { rowsByWindow } from '../../../domain/monitoring/profile/rows-by-window.js';
import { firstWindowOf } from '../../../domain/monitoring/watch-rules.js';
import { windowOf } from '../../../domain/monitoring/window.js';

const hour = 3_600_000;
const day = 24 * hour;
const rule = { lengthMs: day, anchor: '2026-01-01T00:00:00.000Z', latenessMs: 6 * hour, idleMs: 2 * hour };
const at = (text: string) => `2026-01-${text}:00.000Z`;
describe('windows of event time', () => {
  it('lie whole lengths from the anchor, before it too', () => {
    expect(windowOf(rule, at('05T13:00'))).toEqual({ from: at('05T00:00'), to: at('06T00:00') });
    expect(windowOf(rule, '2025-12-31T23:59:59.999Z').from).toBe('2025-12-31T00:00:00.000Z');
    expect(windowOf(rule, at('05T00:00')).from).toBe(at('05T00:00'));
  });

  it('hold rows of a reference only where its days cover them whole', () => {
    const week = { lengthMs: 7 * day, anchor: at('08T00:00') };
    const days = Float64Array.from(
      { length: 67 },
      (_, ordinal) => Date.parse(at('08T09:00')) + ordinal * day,
    );
    const whole = rowsByWindow(week, days);
    expect(whole.map(({ length }) => length)).toEqual(Array.from({ length: 9 }, () => 7));
    expect(rowsByWindow(week, days.subarray(1)).map(([row]) => row)).toEqual([6, 13, 20, 27, 34, 41, 48, 55]);
    expect(rowsByWindow(week, Float64Array.of(Number.NaN))).toEqual([]);
  });
});

describe('the first window of a traffic', () => {
  const first = (beganAt: string) => firstWindowOf(rule, at(beganAt));

  it('is the one that it begins in, where little of it is missing', () => {
    expect(first('05T00:00')).toBe(at('05T00:00'));
    expect(first('05T06:00')).toBe(at('05T00:00'));
  });

  it('is the next one, where it began before: a part has not what a whole one has', () => {
    expect(first('05T06:01')).toBe(at('06T00:00'));
    expect(first('05T23:59')).toBe(at('06T00:00'));
  });
});

describe('windows that may be judged', () => {
  const due = (newestEventAt: string, lastCameAt: string, now = lastCameAt) =>
    dueUntil(rule, { newestEventAt, lastCameAt }, now);

  it('end at the watermark or before it: the newest event less the lateness', () => {
    expect(due(at('02T05:59'), at('09T00:00')).until).toBe(at('01T23:59'));
    expect(due(at('02T06:00'), at('09T00:00')).until).toBe(at('02T00:00'));
  });

  it('are those up to the newest event once it has been silent long enough', () => {
    const came = at('09T01:05');
    expect(due(at('02T01:00'), came, at('09T03:04'))).toEqual({
      until: at('01T19:00'),
      silentAt: at('09T03:05'),
    });
    expect(due(at('02T01:00'), came, at('09T03:05'))).toEqual({ until: at('03T00:00'), silentAt: null });
  });

  it('are never ones that the newest event lies before', () => {
    const hours = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(hours, hours, hours, (event, came, waited) => {
        const time = (ofHour: number) => new Date(Date.parse(rule.anchor) + ofHour * hour).toISOString();
        const { until } = due(time(event), time(came), time(came + waited));
        expect(windowOf(rule, time(event)).to >= until).toBe(true);
      }),
    );
  });
});
