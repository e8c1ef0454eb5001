import type { ProjectRecord } from '../../domain/ports/projects.js';
import type { TrackedRefStore } from '../../domain/ports/tracked-refs.js';
import type { TriggerDeps } from './deps.js';

/** What a project follows: the full name of a branch, or `HEAD`; null where its ref is a tag or a commit, which stay. */
export function trackedBranch({ ref, config }: Pick<ProjectRecord, 'ref' | 'config'>): string | null {
  const branch = config.tracked.branch ?? ref;
  if (branch.startsWith('refs/tags/') || /^[0-9a-f]{40}$/.test(branch)) return null;
  return branch === 'HEAD' || branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}

/** The commit at which a run begins that no push asked for: the head that was handled, else the ref of the project. */
export async function headOf(deps: Pick<TriggerDeps, 'projects' | 'refs'>, name: string): Promise<string> {
  const project = await deps.projects.get(name);
  return (await handledHead(deps.refs, project)) ?? project.ref;
}

/** The head of its branch that was handled last; undefined where none was, or it is gone. */
export async function handledHead(
  refs: TrackedRefStore,
  project: Pick<ProjectRecord, 'name' | 'ref' | 'config'>,
): Promise<string | undefined> {
  const ref = trackedBranch(project);
  const tracked = ref === null ? undefined : await refs.get(project.name, ref);
  return tracked?.commit ?? undefined;
}
