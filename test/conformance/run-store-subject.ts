import type { RunStore } from '../../domain/ports/runs.js';

/** A store, and a known project that no other run of it belongs to. */
interface RunStoreSubject {
  readonly runs: RunStore;
  readonly project: string;
}

export type MakeRunStore = () => Promise<RunStoreSubject>;

/** Somebody resumes a run. */
export const resumeBy = (by: string, at = '2024-05-02T00:00:00.000Z') => ({ by, at });

/** What a new run is, for the suites of this folder. */
export function newRun(project: string, id: string, model = 'delay') {
  const causes = [{ kind: 'manual', by: 'somebody', at: '2024-05-01T00:00:00.000Z' }] as const;
  return { id: `${project}-${id}`, project, model, ref: 'main', variant: null, causes };
}
