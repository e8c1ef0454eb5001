import type { ScheduleConfig } from '../config/triggers.js';
import { durationSeconds } from '../features/duration.js';
import { localSlot, type Slot, slotsAt, slotsBetween } from './slots.js';
import { timetableOf } from './timetable.js';

/** An instant at which the server woke a schedule. */
export interface Tick {
  readonly at: string;
  /** When the server began with it: much later where somebody asked for what is over. */
  readonly startedAt: string;
  /** When it is looked at, or when the schedule was paused meanwhile. */
  readonly until: string;
}

type Config = Pick<ScheduleConfig, 'cron' | 'every' | 'timeZone' | 'overlap' | 'catchUp' | 'jitter'>;

/**
 * The slots that a tick stands for. The server's clock (`utcClock`) also ticks where there is no slot, and what it skips
 * while a tick is waiting may be one: the first of them counts then, as if the tick had been there for it.
 */
export function slotsOfTick(config: Config, tick: Tick): readonly Slot[] {
  const { at, until } = tick;
  const timetable = timetableOf(config);
  const own = slotsAt(timetable, at);
  if (timetable.kind === 'interval' ? own.length === 0 : isByHand(at))
    return [{ slot: localSlot(at, config.timeZone), at, isMissing: false }];
  if (timetable.kind === 'interval' || config.overlap === 'buffer' || !isOnTime(config, tick)) return own;
  const all = [...own, ...slotsBetween(timetable, justAfter(at), until)];
  const first = all.find(({ isMissing }) => !isMissing);
  const missing = all.filter(({ isMissing }) => isMissing);
  return first === undefined ? missing : [...missing, first];
}

/** Whether it came by itself: with its time, or to make up for an outage. */
function isOnTime({ catchUp, jitter }: Config, { at, startedAt }: Tick): boolean {
  const lateMs = Date.parse(startedAt) - Date.parse(at);
  return lateMs <= (durationSeconds(catchUp) + (jitter === undefined ? 0 : durationSeconds(jitter))) * 1000;
}

/** The clock of a timetable ticks at whole minutes; whoever makes it tick does not. */
const isByHand = (at: string) => Date.parse(at) % 60_000 !== 0;

const justAfter = (at: string) => new Date(Date.parse(at) + 1).toISOString();
