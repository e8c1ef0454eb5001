import { isDeepStrictEqual } from 'node:util';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { watchLines } from '../../../domain/monitoring/window-evidence.js';
import type { BlobRef } from '../../../domain/ports/blobs.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { EndpointStore } from '../../../domain/ports/endpoints.js';
import type {
  JudgedWindow,
  ReferenceName,
  Silence,
  WatchRecord,
  WatchStore,
} from '../../../domain/ports/watches.js';
import { endpointKey } from './memory-endpoints.js';
import { createMemoryIncidents } from './memory-incidents.js';
import { type MemoryState, now } from './memory-state.js';

export function createMemoryWatches(state: MemoryState, endpoints: EndpointStore): WatchStore {
  const watches = new Map<string, WatchRecord>();
  const windows: JudgedWindow[] = [];
  const { putAll, ...incidents } = createMemoryIncidents();
  const matching = (name: EndpointName, line: JudgedWindow['line']) =>
    windows
      .filter((one) => endpointKey(one) === endpointKey(name) && one.line === line)
      .toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return {
    async declare(project, commit, declared) {
      for (const { endpoint, config } of declared) {
        await endpoints.get({ project, endpoint });
        const known = watches.get(endpointKey({ project, endpoint }));
        if (known && isDeepStrictEqual(known.config, config)) continue;
        watches.set(endpointKey({ project, endpoint }), {
          project,
          endpoint,
          config,
          commit,
          updatedAt: now(),
        });
      }
    },
    get: async (name) => watches.get(endpointKey(name)),
    newest: async (name, line) => matching(name, line)[0],
    async standings() {
      const open = (await incidents.incidents({ isOpen: true, limit: 200 })).incidents;
      const standings = [...watches.values()].map(async ({ project, endpoint }) => {
        const name = { project, endpoint };
        const newest = watchLines.flatMap((line) => matching(name, line)[0] ?? []);
        const own = open.filter((incident) => endpointKey(incident) === endpointKey(name));
        const openIncidents = Object.fromEntries(
          own.map(({ kind }) => [kind, own.filter((one) => one.kind === kind).length]),
        );
        const { retiredAt } = await endpoints.get(name);
        return retiredAt === null ? [{ ...name, newest, openIncidents }] : [];
      });
      return (await Promise.all(standings)).flat();
    },
    windows: async (name, line, { limit, modelVersion, before, since }) =>
      matching(name, line)
        .filter((one) => modelVersion === undefined || one.modelVersion === modelVersion)
        .filter((one) => before === undefined || one.from < before)
        .filter((one) => since === undefined || one.from >= since)
        .slice(0, limit),
    async keep(window, changed) {
      if (matching(window, window.line).some(({ from }) => from === window.from)) return false;
      putAll(changed);
      windows.push(window);
      return true;
    },
    ...createMemoryReferences(state),
    ...incidents,
    ...createMemorySilences(watches),
  };
}

function createMemoryReferences(state: MemoryState): Pick<WatchStore, 'reference' | 'putReference'> {
  const kept = new Map<string, BlobRef>();
  const keyOf = ({ project, model, version, rule }: ReferenceName) =>
    [project, model, version, rule].join(' ');
  return {
    reference: async (of) => kept.get(keyOf(of)),
    async putReference(of, profile) {
      const isThere = state.versions.some(
        ({ project, model, version }) =>
          project === of.project && model === of.model && version === of.version,
      );
      if (!isThere) throw new RatchetError('MODEL_NOT_FOUND', `there is no version ${of.version}`);
      const first = kept.get(keyOf(of)) ?? profile;
      kept.set(keyOf(of), first);
      return first;
    },
  };
}

function createMemorySilences(
  watches: ReadonlyMap<string, WatchRecord>,
): Pick<WatchStore, 'silence' | 'silences'> {
  const silences: Silence[] = [];
  return {
    async silence(silence) {
      if (!watches.has(endpointKey(silence)))
        throw new RatchetError('ENDPOINT_NOT_FOUND', `there is no endpoint "${silence.endpoint}"`);
      const made = { ...silence, id: `silence-${silences.length + 1}` };
      silences.push(made);
      return made;
    },
    silences: async (name, at) =>
      silences.filter((one) => endpointKey(one) === endpointKey(name) && one.until > at),
  };
}
