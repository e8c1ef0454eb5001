import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Git } from '../../domain/ports/git.js';
import type { WatchStore } from '../../domain/ports/watches.js';
import type { ReadModels } from '../projects/read-models.js';
import { accountOf } from '../triggers/author-account.js';
import { declaredEndpoints, declaredWatches } from './declared-endpoints.js';
import { type OpenReleaseDeps, openReleases } from './open-releases.js';

export interface DeclareDeps extends OpenReleaseDeps {
  readonly accounts: Pick<AccountStore, 'members'>;
  readonly endpoints: Pick<EndpointStore, 'declare' | 'list'>;
  readonly git: Pick<Git, 'resolve'>;
  readonly watches: Pick<WatchStore, 'declare'>;
}

/**
 * The endpoints of a project become those that a commit declares, and what it made new or changed is released. Asked again
 * after a crash, it gives the same releases.
 */
export async function declareEndpoints(
  deps: DeclareDeps,
  at: {
    readonly project: string;
    readonly repo: string;
    readonly ref: string;
    readonly commit: string;
    readonly by: string | undefined;
  },
  models: Pick<ReadModels, 'files'>,
): Promise<readonly ReleaseServingInput[]> {
  const { project, repo, ref, commit, by } = at;
  const declared = declaredEndpoints(models);
  const known = await deps.endpoints.list(project);
  if (declared.length === 0 && known.every(({ retiredAt }) => retiredAt !== null)) return [];
  const actor = by ?? 'system/apply-project';
  await deps.endpoints.declare(project, commit, declared, actor);
  await deps.watches.declare(project, commit, declaredWatches(models), actor);
  const [head, members] = await Promise.all([deps.git.resolve(repo, commit), deps.accounts.members(project)]);
  const person = by ?? accountOf(head.author, members);
  const words = { author: head.author.slice(0, 200), subject: head.subject.slice(0, 200) };
  return openReleases(deps, project, {
    kind: 'declared',
    commit,
    cause: {
      kind: 'push',
      ...(person !== null && { by: person }),
      at: head.committedAt,
      facts: { kind: 'push', ref, commit, before: null, ...words, paths: [], files: 0 },
    },
  });
}
