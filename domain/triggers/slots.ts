import type { Cron } from './cron.js';
import { type LocalClock, localClock } from './local-time.js';

/**
 * Local date and time of a slot, `2026-03-29T02:30`, with seconds where they are not zero. It names the slot: both
 * instants of an hour that comes twice have one name. Error: `RangeError` for a name that is no time zone.
 */
export function localSlot(instant: string, timeZone: string): string {
  return slotText(localClock(timeZone).localMs(Date.parse(instant)));
}

/** Key of the event of a slot. */
export const slotKey = (schedule: string, slot: string) => `schedule:${schedule}:${slot}`;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** No time zone changes its clocks twice within so short a time. */
const lookMs = 180 * minuteMs;

/**
 * Slots of a timetable that the clocks of a time zone jump over between two instants (the second included): those that
 * have no instant, oldest first. Error: `RangeError` for a name that is no time zone.
 */
export function missingSlots(cron: Cron, timeZone: string, from: string, to: string): readonly string[] {
  const clock = localClock(timeZone);
  const missing: string[] = [];
  const end = Date.parse(to);
  for (let at = Date.parse(from); at < end; at += lookMs) {
    const until = Math.min(at + lookMs, end);
    if (offsetMs(clock, until) <= offsetMs(clock, at)) continue;
    const jump = jumpBetween(clock, at, until);
    const [first, after] = [jump + offsetMs(clock, jump - 1), jump + offsetMs(clock, jump)];
    for (let local = Math.ceil(first / minuteMs) * minuteMs; local < after; local += minuteMs)
      if (isInCron(cron, local)) missing.push(slotText(local));
  }
  return missing;
}

/**
 * The instant that stands for a slot of `missingSlots`: what the clock would have shown, had it not been changed. Error:
 * `RangeError` for a name that is no time zone.
 */
export function missingInstant(slot: string, timeZone: string): string {
  const localMs = Date.parse(`${slot}Z`);
  const before = localMs - dayMs;
  return new Date(localMs - offsetMs(localClock(timeZone), before)).toISOString();
}

/** Clocks show whole seconds. */
function offsetMs(clock: LocalClock, instantMs: number): number {
  return clock.localMs(instantMs) - Math.floor(instantMs / 1000) * 1000;
}

/** The first instant with the later offset, of two between which it changes once. */
function jumpBetween(clock: LocalClock, before: number, after: number): number {
  let [low, high] = [before, after];
  const offset = offsetMs(clock, after);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(clock, middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function isInCron(cron: Cron, localMs: number): boolean {
  const local = new Date(localMs);
  return (
    cron.minute.has(local.getUTCMinutes()) &&
    cron.hour.has(local.getUTCHours()) &&
    cron.day.has(local.getUTCDate()) &&
    cron.month.has(local.getUTCMonth() + 1) &&
    cron.weekday.has(local.getUTCDay())
  );
}

const slotText = (localMs: number) => new Date(localMs).toISOString().replace(/(:00)?\.\d{3}Z$/, '');
