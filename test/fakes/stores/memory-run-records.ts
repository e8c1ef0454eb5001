import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { causeOfResume, isResumedBy } from '../../../domain/lifecycle/resume.js';
import type { RunRecord, RunStore } from '../../../domain/ports/runs.js';
import { isOpen, type MemoryState, now, requireProject, requireRun, storable } from './memory-state.js';
import { endOpenMemorySteps } from './memory-steps.js';

type RunRecords = Pick<RunStore, 'create' | 'get' | 'setCommit' | 'setStatus' | 'reopen' | 'open'>;

const blank = { status: 'running', commit: null, reason: null, endedAt: null } as const;

export function createMemoryRunRecords(state: MemoryState, refusals: Map<string, unknown>): RunRecords {
  const change = (run: RunRecord, changes: Partial<RunRecord>) => {
    const changed = { ...run, ...changes };
    state.runs.set(run.id, changed);
    return changed;
  };
  return {
    get: async (id) => requireRun(state, id),
    async create({ id, project, model, ref, variant, causes, automatic = false }) {
      requireProject(state, project);
      const known = state.runs.get(id);
      if (known && known.project === project && known.model === model) return { run: known, created: false };
      if (known) throw new RatchetError('CONFLICT', `run "${id}" is of another model`);
      const run = newMemoryRun({ id, project, model, ref, variant, causes, automatic });
      state.runs.set(id, run);
      return { run, created: true };
    },
    async setCommit(id, commit) {
      change(requireRun(state, id), { commit });
    },
    async setStatus(id, status, reason) {
      const run = requireRun(state, id);
      if (!isOpen(run.status)) return;
      const end = { status, reason: storable(reason), endedAt: isOpen(status) ? null : now() };
      change(run, end);
      endOpenMemorySteps(state.steps, id, end);
    },
    async reopen(id, ref, resume) {
      const run = requireRun(state, id);
      if (isResumedBy(run, resume)) return run;
      if (isOpen(run.status)) throw new RatchetError('CONFLICT', `run "${id}" is ${run.status}`);
      refusals.delete(id);
      const causes = [...run.causes, causeOfResume(run, resume)];
      return change(run, { ...blank, ref, causes, reopenedAt: now(), round: run.round + 1 });
    },
    open: async () => [...state.runs.values()].filter(({ status }) => isOpen(status)),
  };
}

type Beginning = Pick<RunRecord, 'id' | 'project' | 'model' | 'ref' | 'variant' | 'causes' | 'automatic'>;

export function newMemoryRun(beginning: Beginning): RunRecord {
  const begun = {
    status: 'running',
    commit: null,
    reason: null,
    endedAt: null,
    reopenedAt: null,
    round: 0,
  } as const;
  return { ...beginning, ...begun, createdAt: now() };
}
