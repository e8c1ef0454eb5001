import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type DeclaredSchedules, declareSchedules } from './declare-schedules.js';
import type { TriggerDeps } from './deps.js';
import { recordSlot, type SlotInput } from './record-slot.js';

/** Timetables: what Temporal has of them, and what becomes of their slots. */
export function createScheduleActivities(deps: TriggerDeps) {
  return {
    async declareSchedules(input: { readonly project: string }): Promise<DeclaredSchedules> {
      return withHeartbeats(() => declareSchedules(deps, input));
    },
    async recordSlot(input: SlotInput): Promise<readonly LineName[]> {
      return withHeartbeats(() => recordSlot(deps, input));
    },
  };
}
export type ScheduleActivities = ReturnType<typeof createScheduleActivities>;
