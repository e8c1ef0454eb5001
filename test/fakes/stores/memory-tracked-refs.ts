import type { TrackedRef, TrackedRefStore } from '../../../domain/ports/tracked-refs.js';
import { type MemoryState, now, requireProject } from './memory-state.js';
import { recordInMemory } from './memory-triggers.js';

export function createMemoryTrackedRefs(state: MemoryState): TrackedRefStore {
  const refs = new Map<string, TrackedRef>();
  const nameOf = (project: string, ref: string) => `${project} ${ref}`;
  return {
    get: async (project, ref) => refs.get(nameOf(project, ref)),
    list: async (project) =>
      [...refs.values()].filter((one) => one.project === project).sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    async move({ project, ref, from, to }, events) {
      const name = nameOf(project, ref);
      if ((refs.get(name)?.commit ?? null) !== from) return false;
      requireProject(state, project);
      recordInMemory(state, events);
      refs.set(name, { project, ref, commit: to, handledAt: now() });
      return true;
    },
  };
}
