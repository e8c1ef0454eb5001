import type { ScheduleConfig } from '../config/triggers.js';
import type { NewTriggerEvent } from '../ports/trigger-events.js';
import { type Slot, slotKey } from './slots.js';

/** A schedule of a model. */
export interface ScheduleName {
  readonly project: string;
  readonly model: string;
  /** Key of `triggers.schedules`. */
  readonly name: string;
}

/**
 * What a slot is for the line of its model, and who asked for it; null where its time came. One that no clock showed is
 * an event too, which starts nothing.
 */
export function slotEvent(
  { project, model, name }: ScheduleName,
  declared: Pick<ScheduleConfig, 'timeZone' | 'variant'>,
  { slot, at, isMissing }: Slot,
  by: string | null,
): NewTriggerEvent {
  const { timeZone, variant = null } = declared;
  const event: NewTriggerEvent = {
    ...{ project, model, kind: 'schedule', key: slotKey(name, slot), at },
    by,
    facts: { kind: 'schedule', schedule: name, slot, timeZone, variant },
  };
  const reason = `no clock in ${timeZone} showed ${slot}`;
  return isMissing ? { ...event, outcome: { kind: 'suppressed', rule: 'no-such-time', reason } } : event;
}
