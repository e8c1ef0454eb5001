import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { workflowIds } from '../../domain/names.js';
import { slotEvent } from '../../domain/triggers/slot-event.js';
import { slotsOfTick } from '../../domain/triggers/slots-of-tick.js';
import type { TriggerDeps } from './deps.js';

/** A tick of a timetable, by the instant at which the server's schedule has it. */
export interface SlotInput extends LineName {
  readonly schedule: string;
  readonly at: string;
  /** When the server began with it. */
  readonly startedAt?: string;
}

/**
 * The slots that a tick stands for become events, once a local time: the hour that the end of daylight saving doubles is
 * one slot, and a local time that its beginning jumps over is recorded as such. A schedule that the repository no longer
 * has gives nothing.
 */
export async function recordSlot(
  { lines, schedules, triggers }: Pick<TriggerDeps, 'lines' | 'schedules' | 'triggers'>,
  { project, model, schedule: name, at, startedAt = at }: SlotInput,
): Promise<readonly LineName[]> {
  const line = (await lines.list(project)).find((one) => one.model === model);
  const declared = line?.triggers.schedules[name];
  if (declared === undefined) return [];
  const id = workflowIds.fireSchedule(project, model, name);
  const pause = (await schedules.pauses(project)).find((one) => one.id === id);
  const slots = slotsOfTick(declared, { at, startedAt, until: pause?.since ?? new Date().toISOString() });
  await triggers.record(slots.map((slot) => slotEvent({ project, model, name }, declared, slot, null)));
  return slots.some(({ isMissing }) => !isMissing) ? [{ project, model }] : [];
}
