import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { localSlot, slotKey } from '../../domain/triggers/slots.js';
import type { TriggerDeps } from './deps.js';

/** A slot of a timetable, by the instant at which the server's schedule has it. */
export interface SlotInput extends LineName {
  readonly schedule: string;
  readonly at: string;
}

/**
 * A slot becomes an event, once a local time: the hour that the end of daylight saving doubles is one slot. A schedule
 * that the repository no longer has gives nothing.
 */
export async function recordSlot(
  { lines, triggers }: Pick<TriggerDeps, 'lines' | 'triggers'>,
  { project, model, schedule, at }: SlotInput,
): Promise<readonly LineName[]> {
  const line = (await lines.list(project)).find((one) => one.model === model);
  const declared = line?.triggers.schedules[schedule];
  if (declared === undefined) return [];
  const { timeZone, variant = null } = declared;
  const slot = localSlot(at, timeZone);
  const facts = { kind: 'schedule', schedule, slot, timeZone, variant } as const;
  const key = slotKey(schedule, slot);
  await triggers.record([{ project, model, kind: 'schedule', key, by: null, at, facts }]);
  return [{ project, model }];
}
