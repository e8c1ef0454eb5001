import type { ScheduleConfig } from '../config/triggers.js';
import { RatchetError } from '../errors/ratchet-error.js';
import { durationSeconds } from '../features/duration.js';
import { type Cron, parseCron } from './cron.js';

/** When a schedule has slots. */
export type Timetable =
  | { readonly kind: 'cron'; readonly cron: Cron; readonly timeZone: string }
  /** Counted from 1970 on, in UTC. */
  | { readonly kind: 'interval'; readonly everyMs: number };

/** Error: `CONFIG_INVALID` where it says neither `cron` nor `every`, or not as the check of the files wants it. */
export function timetableOf({
  cron,
  every,
  timeZone,
}: Pick<ScheduleConfig, 'cron' | 'every' | 'timeZone'>): Timetable {
  if (every !== undefined) return { kind: 'interval', everyMs: durationSeconds(every) * 1000 };
  const parsed = parseCron(cron ?? '');
  if (parsed.kind === 'parsed') return { kind: 'cron', cron: parsed.cron, timeZone };
  throw new RatchetError(
    'CONFIG_INVALID',
    `the "cron" of a schedule is ${parsed.came}, allowed is ${parsed.allowed}`,
  );
}
