import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EndpointStore } from '../../../domain/ports/endpoints.js';
import type { ReleaseRecord, ReleaseStore } from '../../../domain/ports/releases.js';
import type { Refusal } from '../../../domain/ports/runs.js';
import {
  isOpen,
  type MemoryState,
  now,
  type StoredResult,
  type StoredStep,
  storable,
} from './memory-state.js';
import { createMemoryStepFindings } from './memory-step-findings.js';
import { createMemorySteps, endOpenMemorySteps } from './memory-steps.js';

export function createMemoryReleases(
  state: MemoryState,
  endpoints: Pick<EndpointStore, 'get'>,
): ReleaseStore {
  const rows = new Map<string, ReleaseRecord>();
  const inTurn = new Set<string>();
  const steps = new Map<string, StoredStep>();
  const results: StoredResult[] = [];
  const require = (id: string) => {
    const found = rows.get(id);
    if (found) return found;
    throw new RatchetError('RELEASE_NOT_FOUND', `there is no release "${id}"`, { releaseId: id });
  };
  const change = (id: string, changes: Partial<ReleaseRecord>) =>
    rows.set(id, { ...require(id), ...changes });
  const end = (id: string, status: ReleaseRecord['status'], reason: string | null) => {
    if (!isOpen(require(id).status)) return;
    const ended = { status, reason: storable(reason), endedAt: isOpen(status) ? null : now() };
    change(id, ended);
    endOpenMemorySteps(steps, id, ended);
  };
  return {
    async create(wanted) {
      const { model, retiredAt } = await endpoints.get(wanted);
      const known = rows.get(wanted.id);
      if (known?.project === wanted.project && known.endpoint === wanted.endpoint)
        return { release: known, created: false };
      if (known) throw new RatchetError('CONFLICT', `release "${wanted.id}" is of another endpoint`);
      if (retiredAt !== null) throw new RatchetError('CONFLICT', 'the endpoint is retired');
      const release = newRelease(wanted, model);
      rows.set(release.id, release);
      return { release, created: true };
    },
    get: async (id) => require(id),
    list: async (filter) => [...rows.values()].reverse().filter(isListed(filter)).slice(0, 100),
    async setResolved(id, { commit, modelVersion }) {
      const { project, model } = require(id);
      const isThere = state.versions.some(
        (one) => one.project === project && one.model === model && one.version === modelVersion,
      );
      if (!isThere) throw new RatchetError('MODEL_NOT_FOUND', `there is no version ${modelVersion}`);
      change(id, { commit, modelVersion });
    },
    setStatus: async (id, status, reason) => end(id, status, reason),
    async takeTurn(id) {
      const own = require(id);
      if (!isOpen(own.status)) throw new RatchetError('CONFLICT', `release "${id}" is ${own.status}`);
      if (inTurn.has(id)) return null;
      const open = [...rows.values()].filter(
        (one) => one.project === own.project && one.endpoint === own.endpoint && isOpen(one.status),
      );
      const older = open.slice(0, open.indexOf(own)).filter((one) => !inTurn.has(one.id));
      for (const one of older) end(one.id, 'cancelled', `release ${id} took its place`);
      const holder = open.find((one) => inTurn.has(one.id));
      if (holder === undefined) inTurn.add(id);
      return holder?.id ?? null;
    },
    open: async () => [...rows.values()].filter(({ status }) => isOpen(status)),
    ...createMemorySteps({ steps, results, require }),
    ...createMemoryStepFindings(require, new Map<string, readonly Refusal[]>()),
  };
}

type New = Parameters<ReleaseStore['create']>[0];

function newRelease({ id, project, endpoint, kind, causes }: New, model: string): ReleaseRecord {
  const begun = { status: 'running', reason: null, commit: null, modelVersion: null } as const;
  return { id, project, endpoint, kind, model, causes, ...begun, round: 0, createdAt: now(), endedAt: null };
}

function isListed({ project, projects, endpoint, status }: Parameters<ReleaseStore['list']>[0]) {
  return (row: ReleaseRecord) =>
    (project === undefined || row.project === project) &&
    (projects === undefined || projects.includes(row.project)) &&
    (endpoint === undefined || row.endpoint === endpoint) &&
    (status === undefined || row.status === status);
}
