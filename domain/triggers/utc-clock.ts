import type { Cron } from './cron.js';
import { localClock } from './local-time.js';

/**
 * Cron expressions in UTC that tick at each slot of a timetable in a time zone, and at the instants of those that clocks
 * jump over; also where there is no slot. A server that reckons in UTC is right whatever its own idea of a changed clock.
 */
export function utcClock(cron: Cron, timeZone: string, now: string): readonly string[] {
  const hours = new Map<string, Set<number>>();
  for (const offset of offsetsAround(timeZone, Date.parse(now)))
    for (const hour of cron.hour)
      for (const minute of cron.minute) {
        const utc = hour * 60 + minute - offset;
        const days = Math.floor(utc / 1440);
        const inDay = utc - days * 1440;
        const key = `${inDay % 60}/${isDaily(cron) ? 0 : days}`;
        hours.set(key, (hours.get(key) ?? new Set()).add(Math.floor(inDay / 60)));
      }
  return [...byHours(hours)].map(([key, minutes]) => expression(cron, key, minutes));
}

/** Whether it does not matter in which day UTC is. */
const isDaily = ({ day, month, weekday }: Cron) => day.size === 31 && month.size === 12 && weekday.size === 7;

const weekMs = 7 * 24 * 60 * 60_000;

/** Minutes that a time zone is ahead of UTC, at any time of the year before and the ten years to come. */
function offsetsAround(timeZone: string, nowMs: number): readonly number[] {
  const clock = localClock(timeZone);
  const offsets = new Set<number>();
  const start = Math.floor(nowMs / 60_000) * 60_000;
  for (let week = -53; week < 522; week += 1) {
    const atMs = start + week * weekMs;
    offsets.add((clock.localMs(atMs) - atMs) / 60_000);
  }
  return [...offsets].sort((a, b) => a - b);
}

/** Minutes that go with the same hours and days, by `<hours>/<days later>`. */
function byHours(hours: ReadonlyMap<string, ReadonlySet<number>>): ReadonlyMap<string, readonly number[]> {
  const minutes = new Map<string, readonly number[]>();
  for (const [key, of] of hours) {
    const [minute, days] = key.split('/');
    const group = `${listed(of, 0, 23)}/${days}`;
    minutes.set(group, [...(minutes.get(group) ?? []), Number(minute)]);
  }
  return minutes;
}

function expression({ day, month, weekday }: Cron, key: string, minutes: readonly number[]): string {
  const at = key.lastIndexOf('/');
  const shift = Number(key.slice(at + 1));
  return [
    listed(minutes, 0, 59),
    key.slice(0, at),
    listed(shiftedDays(day, shift), 1, 31),
    listed(shiftedMonths(month, shift), 1, 12),
    listed(
      [...weekday].map((one) => (one + shift + 7) % 7),
      0,
      6,
    ),
  ].join(' ');
}

/** Days of a month, and the same days where UTC is in the day before or after: months differ in their length. */
function shiftedDays(days: ReadonlySet<number>, shift: number): readonly number[] {
  if (shift === 0 || days.size === 31) return [...days];
  return [...days].flatMap((day) => {
    if (shift < 0) return day === 1 ? [28, 29, 30, 31] : [day - 1];
    return [...(day < 31 ? [day + 1] : []), ...(day >= 28 ? [1] : [])];
  });
}

function shiftedMonths(months: ReadonlySet<number>, shift: number): readonly number[] {
  return shift === 0 ? [...months] : [...months].flatMap((month) => [month, ((month + shift + 11) % 12) + 1]);
}

function listed(numbers: Iterable<number>, from: number, to: number): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return sorted.length === to - from + 1 ? '*' : sorted.join(',');
}
