import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { type ScheduleName, slotEvent } from '../../domain/triggers/slot-event.js';
import { localSlot, type Slot, slotsBetween } from '../../domain/triggers/slots.js';
import { type Timetable, timetableOf } from '../../domain/triggers/timetable.js';
import type { GatewayDeps } from '../deps.js';
import type { backfillSchema, firedScheduleSchema } from '../shapes/schedules.js';
import { requireSchedule, scheduleId } from './change-schedule.js';
import { wakeLine } from './wake-workflow.js';

type Deps = Pick<GatewayDeps, 'audit' | 'client' | 'modelLines' | 'projects' | 'triggers'>;
type Fired = z.infer<typeof firedScheduleSchema>;

/** Slots at once: each is an event. */
const mostSlots = 1000;

/** A slot that is now, asked for by an account, also of a schedule that is paused. Errors: as of `requireSchedule`, `PART_UNAVAILABLE`. */
export async function runScheduleNow(deps: Deps, at: ScheduleName, by: string): Promise<string> {
  const declared = await requireSchedule(deps, at);
  const now = new Date().toISOString();
  const slot = { slot: localSlot(now, declared.timeZone), at: now, isMissing: false };
  await tell(deps, at, 'schedule.run-now', {});
  await deps.triggers.record([slotEvent(at, declared, slot, by)]);
  await wakeLine(deps, at, `${at.name} has fired, and is looked at once Temporal is back`);
  return scheduleId(at);
}

/**
 * The slots between two instants, both included, as if they were now. What fires is the local time of a slot: one that
 * fired before is counted and changes nothing. Errors: as of `runScheduleNow`, `REQUEST_INVALID`.
 */
export async function backfillSchedule(
  deps: Deps,
  at: ScheduleName,
  given: z.infer<typeof backfillSchema>,
  by: string,
): Promise<Fired> {
  const declared = await requireSchedule(deps, at);
  const all = slotsOf(timetableOf(declared), { from: new Date(given.from), to: new Date(given.to) });
  const slots = all.filter(({ isMissing }) => !isMissing);
  await tell(deps, at, 'schedule.backfilled', { ...given, slots: slots.length });
  await deps.triggers.record(all.map((slot) => slotEvent(at, declared, slot, by)));
  if (slots.length > 0)
    await wakeLine(deps, at, `${slots.length} slots have fired, and are looked at once Temporal is back`);
  return {
    id: scheduleId(at),
    slots: slots.map((slot) => slot.at),
    missing: all.filter(({ isMissing }) => isMissing).map(({ slot }) => slot),
  };
}

/** Error: `REQUEST_INVALID` for a range that is none, one to come, and one of too many slots. */
function slotsOf(
  timetable: Timetable,
  { from, to }: { readonly from: Date; readonly to: Date },
): readonly Slot[] {
  const text = `from ${from.toISOString()} to ${to.toISOString()}`;
  if (from > to) throw new RatchetError('REQUEST_INVALID', `"from" is after "to": ${text}`);
  // Its slot would count as fired before it is there.
  if (to.getTime() > Date.now())
    throw new RatchetError('REQUEST_INVALID', `"to" is to come: ${text}; slots to come fire by themselves`);
  const found: Slot[] = [];
  for (const slot of slotsBetween(timetable, from.toISOString(), to.toISOString())) {
    found.push(slot);
    if (found.length === mostSlots)
      throw new RatchetError(
        'REQUEST_INVALID',
        `there are ${mostSlots} slots or more ${text}; ask for them in pieces`,
      );
  }
  return found;
}

/** Also of slots that fired before, whose events name nobody, or somebody else. */
async function tell({ audit }: Deps, at: ScheduleName, action: string, details: object): Promise<void> {
  await audit.append({ action, project: at.project, subject: scheduleId(at), details });
}
