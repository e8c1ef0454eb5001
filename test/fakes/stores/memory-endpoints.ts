import { isDeepStrictEqual } from 'node:util';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { EndpointRecord, EndpointStore } from '../../../domain/ports/endpoints.js';
import { createMemoryRevisions } from './memory-revisions.js';
import { type MemoryState, now, requireProject } from './memory-state.js';

export const endpointKey = ({ project, endpoint }: EndpointName) => `${project} ${endpoint}`;

/** `requireRelease` throws where there is no release of the id. */
export function createMemoryEndpoints(
  state: MemoryState,
  requireRelease: (id: string) => Promise<EndpointName>,
): EndpointStore {
  const rows = new Map<string, EndpointRecord>();
  const require = (name: EndpointName) => {
    const found = rows.get(endpointKey(name));
    if (found) return found;
    throw new RatchetError('ENDPOINT_NOT_FOUND', `there is no endpoint "${name.endpoint}"`);
  };
  const put = (row: EndpointRecord) => {
    rows.set(endpointKey(row), row);
    return row;
  };
  const sorted = () => [...rows.values()].sort((a, b) => (endpointKey(a) < endpointKey(b) ? -1 : 1));
  return {
    async declare(project, commit, declared) {
      requireProject(state, project);
      const changed = declared
        .map((one) => withKnown(rows.get(endpointKey({ project, ...one })), { project, commit, ...one }))
        .filter((row) => row !== undefined)
        .map(put);
      const names = new Set(declared.map(({ endpoint }) => endpoint));
      for (const row of sorted()) {
        if (row.project !== project || row.retiredAt !== null || names.has(row.endpoint)) continue;
        put({ ...row, retiredAt: now(), updatedAt: now() });
      }
      return changed;
    },
    get: async (name) => require(name),
    list: async (project) => sorted().filter((row) => project === undefined || row.project === project),
    following: async (project, model) =>
      sorted().filter((row) => row.project === project && row.model === model && row.retiredAt === null),
    scale: async (name, scaledTo) => put({ ...require(name), scaledTo, updatedAt: now() }),
    ...createMemoryRevisions(require, requireRelease),
  };
}

type Declared = Pick<EndpointRecord, 'project' | 'endpoint' | 'model' | 'config' | 'commit'>;

/** Undefined where nothing changes. */
function withKnown(known: EndpointRecord | undefined, declared: Declared): EndpointRecord | undefined {
  const { project, endpoint, model, config, commit } = declared;
  const isLive = known !== undefined && known.retiredAt === null;
  if (isLive && known.model === model && isDeepStrictEqual(known.config, config)) return undefined;
  const scaledTo = isLive && known.config.replicas === config.replicas ? known.scaledTo : null;
  return { project, endpoint, model, config, commit, scaledTo, retiredAt: null, updatedAt: now() };
}
