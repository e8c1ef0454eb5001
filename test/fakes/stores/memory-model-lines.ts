import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ModelLine, ModelLineStore } from '../../../domain/ports/model-lines.js';
import { type MemoryState, requireProject } from './memory-state.js';

export function createMemoryModelLines(state: MemoryState): ModelLineStore {
  const lines = new Map<string, readonly ModelLine[]>();
  const ofProject = (project: string) => lines.get(project) ?? [];
  return {
    async put(project, given) {
      requireProject(state, project);
      const own = given.map((line) => ({ ...line, project }));
      lines.set(
        project,
        own.sort((a, b) => (a.model < b.model ? -1 : 1)),
      );
    },
    async get(project, model) {
      const found = ofProject(project).find((line) => line.model === model);
      if (found) return found;
      throw new RatchetError('MODEL_NOT_FOUND', `project "${project}" has no model "${model}"`);
    },
    list: async (project) => ofProject(project),
  };
}
