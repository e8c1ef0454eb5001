import type { Cron } from './cron.js';
import { type LocalClock, localClock } from './local-time.js';
import type { Timetable } from './timetable.js';

/** A time that a timetable names. */
export interface Slot {
  /** As `localSlot` says it. */
  readonly slot: string;
  /** Its instant: the first, where clocks show it twice; of one that is missing what an unchanged clock would have had. */
  readonly at: string;
  /** Whether the clocks jump over it. */
  readonly isMissing: boolean;
}

/**
 * Local date and time of a slot, `2026-03-29T02:30`, with seconds where they are not zero. It names the slot: both
 * instants of an hour that comes twice have one name. Error: `RangeError` for a name that is no time zone.
 */
export function localSlot(instant: string, timeZone: string): string {
  return slotText(localClock(timeZone).localMs(Date.parse(instant)));
}

/** Key of the event of a slot. */
export const slotKey = (schedule: string, slot: string) => `schedule:${schedule}:${slot}`;

const dayMs = 24 * 60 * 60_000;
/** The longest that a day of a month and of the week take to meet again, at the turn of a century. */
const longestMs = 41 * 366 * dayMs;

/** Slots between two instants, both included, oldest first, one after the other. */
export function* slotsBetween(timetable: Timetable, from: string, to: string): Generator<Slot> {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  if (timetable.kind === 'interval') return yield* intervalSlots(timetable.everyMs, fromMs, toMs);
  const { cron, timeZone } = timetable;
  const clock = localClock(timeZone);
  const last = dayOf(clock.localMs(toMs)) + dayMs;
  for (let day = dayOf(clock.localMs(fromMs)) - dayMs; day <= last; day += dayMs) {
    if (!hasDay(cron, new Date(day))) continue;
    const slots = slotsOf(
      minutesOf(cron).map((minuteMs) => day + minuteMs),
      day,
      clock,
    );
    for (const slot of slots.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
      const atMs = Date.parse(slot.at);
      if (atMs >= fromMs && atMs <= toMs) yield slot;
    }
  }
}

/** The next slots that there will be. */
export function nextSlots(timetable: Timetable, after: string, most: number): readonly Slot[] {
  const afterMs = Date.parse(after) + 1;
  const found: Slot[] = [];
  for (const slot of slotsBetween(timetable, iso(afterMs), iso(afterMs + longestMs))) {
    if (found.length === most) break;
    if (!slot.isMissing) found.push(slot);
  }
  return found;
}

/** Slots that an instant stands for: what a clock shows then, also for the second time, and what is missing there. */
export function slotsAt(timetable: Timetable, instant: string): readonly Slot[] {
  const found = [...slotsBetween(timetable, instant, instant)];
  if (timetable.kind === 'interval' || found.some(({ isMissing }) => !isMissing)) return found;
  const clock = localClock(timetable.timeZone);
  const local = clock.localMs(Date.parse(instant));
  return isInCron(timetable.cron, local) ? [...slotsOf([local], dayOf(local), clock), ...found] : found;
}

function* intervalSlots(everyMs: number, fromMs: number, toMs: number): Generator<Slot> {
  for (let atMs = Math.ceil(fromMs / everyMs) * everyMs; atMs <= toMs; atMs += everyMs)
    yield { slot: slotText(atMs), at: iso(atMs), isMissing: false };
}

/** Of local times of one day. No time zone changes its clocks twice within three days, or is a day away from UTC. */
function slotsOf(locals: readonly number[], day: number, { localMs }: LocalClock): readonly Slot[] {
  const offsetMs = (atMs: number) => localMs(atMs) - atMs;
  const [before, after] = [offsetMs(day - dayMs), offsetMs(day + 2 * dayMs)];
  return locals.map((local) => {
    const instants = [local - before, local - after];
    const shown = before === after ? instants : instants.filter((atMs) => localMs(atMs) === local);
    const atMs = shown.length === 0 ? local - before : Math.min(...shown);
    return { slot: slotText(local), at: iso(atMs), isMissing: shown.length === 0 };
  });
}

function minutesOf({ hour, minute }: Cron): readonly number[] {
  return [...hour].flatMap((hours) => [...minute].map((minutes) => (hours * 60 + minutes) * 60_000));
}

function hasDay({ day, month, weekday }: Cron, local: Date): boolean {
  return day.has(local.getUTCDate()) && month.has(local.getUTCMonth() + 1) && weekday.has(local.getUTCDay());
}

function isInCron(cron: Cron, localMs: number): boolean {
  const local = new Date(localMs);
  const isMinute = local.getUTCSeconds() === 0 && cron.minute.has(local.getUTCMinutes());
  return isMinute && cron.hour.has(local.getUTCHours()) && hasDay(cron, local);
}

const dayOf = (localMs: number) => Math.floor(localMs / dayMs) * dayMs;
const iso = (atMs: number) => new Date(atMs).toISOString();
const slotText = (localMs: number) => iso(localMs).replace(/(:00)?\.\d{3}Z$/, '');
