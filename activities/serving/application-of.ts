import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ReleasePlan } from '../../domain/lifecycle/release-serving.js';
import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { ReleaseRecord } from '../../domain/ports/releases.js';
import { headOf } from '../triggers/branch-of.js';
import type { ReleaseDeps } from './deps.js';

const defaultBranch = 'main';

/**
 * The serving code of an endpoint at one commit; null for the stock application. Of the project's own repository it is the
 * newest push that the release is about, or else the head that was handled last. Errors: those of Git, `CONFIG_MISSING`.
 */
export async function applicationOf(
  deps: Pick<ReleaseDeps, 'git' | 'projects' | 'refs'>,
  release: ReleaseRecord,
  { project, config }: EndpointRecord,
): Promise<ReleasePlan['application']> {
  const { application } = config;
  if (application === undefined) return null;
  const { path } = application;
  const own = await deps.projects.get(project);
  const repo = application.repository ?? own.repo;
  const ref =
    repo === own.repo
      ? (pushedCommit(release) ?? (await headOf(deps, project)))
      : (application.ref ?? defaultBranch);
  const { id: commit } = await deps.git.resolve(repo, ref);
  const treeId = await deps.git.treeId(repo, commit, path);
  if (treeId !== undefined) return { repo, commit, path, treeId };
  throw new RatchetError(
    'CONFIG_MISSING',
    `application.path names ${path}, which is not in the repository at ${commit}`,
    { path, commit },
  );
}

function pushedCommit({ causes }: ReleaseRecord): string | undefined {
  return causes.flatMap(({ facts }) => (facts?.kind === 'push' ? [facts.commit] : [])).at(-1);
}
