import type { ScheduleConfig } from '../../domain/config/triggers.js';
import { nextSlots } from '../../domain/triggers/slots.js';
import { slotsOfTick } from '../../domain/triggers/slots-of-tick.js';
import { timetableOf } from '../../domain/triggers/timetable.js';
import type { DescribedSchedule } from './described-schedule.js';

const mostNext = 5;

/**
 * Instants of the next slots and of the newest that the server took. Of a `cron` not each tick of the server is a slot;
 * whatever has no `cron` is undefined here, and each of its ticks is one.
 */
export function slotsOfSchedule(
  config: ScheduleConfig | undefined,
  { next, ticks }: Pick<DescribedSchedule, 'next' | 'ticks'>,
): { readonly next: readonly string[]; readonly last: string | null } {
  if (config?.cron === undefined) return { next: next.slice(0, mostNext), last: ticks.at(-1) ?? null };
  const isSlot = (at: string) =>
    slotsOfTick(config, { at, startedAt: at, until: at }).some(({ isMissing }) => !isMissing);
  return {
    next: nextSlots(timetableOf(config), new Date().toISOString(), mostNext).map(({ at }) => at),
    last: ticks.findLast(isSlot) ?? null,
  };
}
