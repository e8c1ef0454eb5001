import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DatasetRecord, DatasetStore } from '../../domain/ports/datasets.js';

interface Tag {
  readonly project: string;
  readonly name: string;
  readonly tag: string;
  readonly version: number;
  readonly where: string | null;
  readonly rows: number | null;
  readonly at: string;
}

/** Dataset versions in memory. */
export function createMemoryDatasetStore(): DatasetStore {
  const records: DatasetRecord[] = [];
  const tags: Tag[] = [];
  const of = (project: string, name: string) =>
    records.filter((record) => record.project === project && record.name === name);
  const tagged = (record: DatasetRecord): DatasetRecord => {
    const own = tags.filter(
      (tag) => tag.project === record.project && tag.name === record.name && tag.version === record.version,
    );
    return { ...record, tags: own.map(({ tag }) => tag), tagRows: rowsOf(own) };
  };
  const find = (project: string, name: string, versionOrTag: string) => {
    const tag = tags.findLast(
      (candidate) =>
        candidate.project === project && candidate.name === name && candidate.tag === versionOrTag,
    );
    const version = tag?.version ?? Number(versionOrTag);
    const record = of(project, name).find((candidate) => candidate.version === version);
    if (record === undefined)
      throw new RatchetError(
        'DATASET_NOT_FOUND',
        `there is no dataset ${name} ${versionOrTag} in ${project}`,
      );
    return tagged(record);
  };
  return {
    publish: async (manifest, ref, runId, seen) => {
      const own = of(manifest.project, manifest.name);
      const same = own.find((record) => record.key === manifest.key && record.manifest.sha256 === ref.sha256);
      if (same !== undefined) return tagged(same);
      const newest = own.findLast((record) => record.key === manifest.key);
      if (seen !== undefined && newest && newest.version !== seen) return tagged(newest);
      const { project, name, digest, key, commit, rows } = manifest;
      const record: DatasetRecord = {
        project,
        name,
        version: own.length + 1,
        digest,
        key,
        rows: rows.train + rows.validation + rows.test,
        quarantined: manifest.quarantined.reduce((sum, table) => sum + table.rows, 0),
        commit,
        manifest: ref,
        runId,
        tags: [],
        tagRows: {},
        createdAt: '2020-01-01T00:00:00.000Z',
      };
      records.push(record);
      return record;
    },
    findByKey: async (project, name, key) =>
      of(project, name)
        .map(tagged)
        .findLast((record) => record.key === key),
    withKey: async (key) => records.filter((record) => record.key === key).map(tagged),
    get: async (project, name, versionOrTag) => find(project, name, versionOrTag),
    list: async (project, name) =>
      records
        .filter(
          (record) =>
            (project === undefined || record.project === project) &&
            (name === undefined || record.name === name),
        )
        .map(tagged),
    tag: async (project, name, version, tag, subset) => {
      find(project, name, String(version));
      tags.push({
        project,
        name,
        tag,
        version,
        where: subset?.where ?? null,
        rows: subset?.rows ?? null,
        at: '2020-01-01T00:00:00.000Z',
      });
    },
    tags: async (project, name) => tags.filter((tag) => tag.project === project && tag.name === name),
  };
}

function rowsOf(tags: readonly Tag[]): Record<string, number> {
  return Object.fromEntries(tags.flatMap(({ tag, rows }) => (rows === null ? [] : [[tag, rows]])));
}
