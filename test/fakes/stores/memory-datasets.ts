import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { DatasetRecord, DatasetStore } from '../../../domain/ports/datasets.js';
import type { FeatureStore } from '../../../domain/ports/features.js';
import { type MemoryState, now, requireProject, requireRun } from './memory-state.js';

interface Tag {
  readonly project: string;
  readonly name: string;
  readonly tag: string;
  readonly version: number;
  readonly where: string | null;
  readonly rows: number | null;
  readonly at: string;
}

const tagPattern = /^[A-Za-z][A-Za-z0-9._-]{0,62}$/;

export function createMemoryDatasets(state: MemoryState, features: FeatureStore): DatasetStore {
  const tags: Tag[] = [];
  const tagsOf = (project: string, name: string) =>
    tags
      .filter((tag) => tag.project === project && tag.name === name)
      .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  const tagged = (record: DatasetRecord): DatasetRecord => {
    const own = tagsOf(record.project, record.name).filter(({ version }) => version === record.version);
    return { ...record, tags: own.map(({ tag }) => tag), tagRows: rowsOf(own) };
  };
  /** Newest first. */
  const list = (project?: string, name?: string) =>
    state.datasets
      .map(({ record }) => tagged(record))
      .filter((one) => (project ?? one.project) === one.project && (name ?? one.name) === one.name)
      .reverse();
  return {
    async publish(manifest, ref, runId, seen) {
      const { project, name, digest, key, commit, rows } = manifest;
      requireProject(state, project);
      const own = list(project, name);
      const same = own.find((record) => record.key === key && record.manifest.sha256 === ref.sha256);
      if (same) return same;
      const newest = own.find((record) => record.key === key);
      if (seen !== undefined && newest && newest.version !== seen) return newest;
      if (runId !== null) requireRun(state, runId);
      for (const view of manifest.features) await features.get(project, view.name, view.version);
      const record: DatasetRecord = {
        project,
        name,
        version: list(project, name).length + 1,
        digest,
        key,
        rows: rows.train + rows.validation + rows.test,
        quarantined: manifest.quarantined.reduce((sum, table) => sum + table.rows, 0),
        commit,
        manifest: ref,
        runId,
        tags: [],
        tagRows: {},
        createdAt: now(),
      };
      state.datasets.push({ record, views: manifest.features });
      return record;
    },
    findByKey: async (project, name, key) => list(project, name).find((record) => record.key === key),
    withKey: async (key) =>
      list()
        .filter((record) => record.key === key)
        .reverse(),
    async get(project, name, versionOrTag) {
      const isNumber = /^[0-9]{1,9}$/.test(versionOrTag);
      const found = list(project, name).find(({ version, tags: own }) =>
        isNumber ? version === Number(versionOrTag) : own.includes(versionOrTag),
      );
      if (found) return found;
      throw unknown(project, name, versionOrTag);
    },
    list: async (project, name) => list(project, name),
    async tag(project, name, version, tag, subset) {
      if (!tagPattern.test(tag)) throw new RatchetError('NAME_INVALID', `"${tag}" is not a tag`);
      if (!list(project, name).some((record) => record.version === version)) {
        throw unknown(project, name, String(version));
      }
      const before = tags.findIndex((one) => one.project === project && one.name === name && one.tag === tag);
      if (before >= 0) tags.splice(before, 1);
      tags.push({
        project,
        name,
        tag,
        version,
        where: subset?.where ?? null,
        rows: subset?.rows ?? null,
        at: now(),
      });
    },
    tags: async (project, name) => tagsOf(project, name).map(({ project: _, name: __, ...tag }) => tag),
  };
}

function unknown(project: string, name: string, which: string): RatchetError {
  return new RatchetError('DATASET_NOT_FOUND', `project ${project} has no dataset "${name}" ${which}`);
}

function rowsOf(tags: readonly Tag[]): Record<string, number> {
  return Object.fromEntries(tags.flatMap(({ tag, rows }) => (rows === null ? [] : [[tag, rows]])));
}
