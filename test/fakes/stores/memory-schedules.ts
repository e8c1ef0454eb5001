import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { DeclaredSchedule, SchedulePause, ScheduleStore } from '../../../domain/ports/schedules.js';
import { type MemoryState, now, requireProject, storable } from './memory-state.js';

export function createMemorySchedules(state: MemoryState): ScheduleStore {
  const declared = new Map<string, DeclaredSchedule>();
  const paused = new Map<string, SchedulePause>();
  const nameOf = ({ project, id }: Pick<SchedulePause, 'id' | 'project'>) => `${project} ${id}`;
  const ofProject = <T extends { readonly project: string; readonly id: string }>(
    rows: ReadonlyMap<string, T>,
    project: string,
  ) => [...rows.values()].filter((row) => row.project === project).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    list: async (project) => ofProject(declared, project),
    async put(schedule) {
      requireProject(state, schedule.project);
      declared.set(nameOf(schedule), schedule);
    },
    async remove(project, id) {
      declared.delete(nameOf({ project, id }));
    },
    async pause(pause) {
      requireProject(state, pause.project);
      const since = paused.get(nameOf(pause))?.since ?? now();
      const kept = { ...pause, reason: storable(pause.reason) ?? '', since };
      paused.set(nameOf(pause), kept);
      return kept;
    },
    async resume(at) {
      const pause = paused.get(nameOf(at));
      if (pause && paused.delete(nameOf(at))) return pause;
      throw new RatchetError('CONFLICT', `schedule ${at.id} is not paused`);
    },
    pauses: async (project) => ofProject(paused, project),
  };
}
