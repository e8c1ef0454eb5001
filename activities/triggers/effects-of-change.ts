import type { ProjectConfig } from '../../domain/config/project.js';
import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import { type PathEffects, pathEffects } from '../../domain/triggers/path-effects.js';
import { appliedOnly } from './applied-only.js';
import type { TriggerDeps } from './deps.js';

/** A change of a repository, and what decides about its files. */
export interface RepositoryChange {
  readonly repo: string;
  /** What it is compared with; null where all files count as changed. */
  readonly since: string | null;
  readonly to: string;
  readonly files: readonly string[];
  readonly lines: readonly ModelLine[];
  readonly config: Pick<ProjectConfig, 'rules' | 'tracked'>;
  /** Endpoints of the project, as the new commit declares them. */
  readonly endpoints: readonly Pick<EndpointRecord, 'model' | 'endpoint' | 'config'>[];
}

/** What a change leads to: the same for a push that came and for one that is planned. */
export async function effectsOfChange(
  deps: Pick<TriggerDeps, 'git'>,
  { repo, since, to, files, lines, config, endpoints }: RepositoryChange,
): Promise<PathEffects> {
  return pathEffects({
    files,
    lines,
    rules: config.rules,
    tracked: config.tracked.paths,
    applications: endpoints.flatMap(({ endpoint, model, config: { application } }) =>
      application === undefined || (application.repository ?? repo) !== repo
        ? []
        : [{ endpoint, model, path: application.path }],
    ),
    appliedOnly: await appliedOnly(deps, { repo, from: since, to, files, lines }),
  });
}
