import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { FeatureStore, FeatureVectors, FeatureViewRecord } from '../../domain/ports/features.js';

/** Feature views and their vectors of some projects, in memory. It knows of no dataset, so nothing uses a view. */
export function createMemoryFeatureStore(projects: readonly string[]): FeatureStore {
  const views: FeatureViewRecord[] = [];
  const vectors = new Map<string, FeatureVectors>();
  const of = (project: string, name: string) =>
    views.filter((view) => view.project === project && view.name === name);
  return {
    declare: async (project, config, digest, commit) => {
      if (!projects.includes(project))
        throw new RatchetError('PROJECT_NOT_FOUND', `there is no project ${project}`);
      const own = of(project, config.name);
      const same = own.find((view) => view.digest === digest);
      if (same !== undefined) return same;
      const view = {
        project,
        name: config.name,
        version: own.length + 1,
        digest,
        config,
        commit,
        createdAt: '2020-01-01T00:00:00.000Z',
      };
      views.push(view);
      return view;
    },
    list: async (project) =>
      views
        .filter((view) => project === undefined || view.project === project)
        .sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1)),
    get: async (project, name, version) => {
      const own = of(project, name);
      const view =
        version === undefined ? own.at(-1) : own.find((candidate) => candidate.version === version);
      if (view === undefined)
        throw new RatchetError('FEATURE_NOT_FOUND', `there is no feature view ${name} in ${project}`);
      return view;
    },
    findVectors: async (key) => vectors.get(key),
    putVectors: async (put) => {
      if (!of(put.project, put.view).some(({ version }) => version === put.version))
        throw new RatchetError(
          'FEATURE_NOT_FOUND',
          `there is no feature view ${put.view} ${put.version} in ${put.project}`,
        );
      vectors.set(put.key, { ...put, createdAt: '2020-01-01T00:00:00.000Z' });
    },
    vectors: async (project, view) =>
      [...vectors.values()].filter((found) => found.project === project && found.view === view),
    usedBy: async () => [],
  };
}
