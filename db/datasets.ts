import { and, asc, desc, eq, max, type SQL, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { BlobRef } from '../domain/ports/blobs.js';
import type { DatasetManifest, DatasetRecord, DatasetStore } from '../domain/ports/datasets.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { createDatasetTags } from './dataset-tags.js';
import { onlyRow } from './only-row.js';
import { lockProject } from './project-lock.js';
import { unknownRun } from './run-records.js';
import { datasetVersions, datasetViews } from './schema/datasets.js';
import { unknownDataset } from './unknown-dataset.js';

export function createDatasetStore(database: Database): DatasetStore {
  return {
    async publish(manifest, ref, runId, seen) {
      const work = database.transaction((session) => publish(session, { manifest, ref, runId, seen }));
      const version = await explained(work, {
        dataset_versions_run: () => unknownRun(runId ?? ''),
        dataset_views_view: () => undeclaredViews(manifest),
      });
      return onlyRow(await read(database, [...named(manifest), eq(datasetVersions.version, version)]));
    },
    async findByKey(project, name, key) {
      const [found] = await read(database, [...named({ project, name }), eq(datasetVersions.key, key)]);
      return found;
    },
    async withKey(key) {
      return (await read(database, [eq(datasetVersions.key, key)])).reverse();
    },
    async get(project, name, versionOrTag) {
      const [found] = await read(database, [...named({ project, name }), chosenBy(versionOrTag)]);
      if (found) return found;
      throw unknownDataset(project, name, versionOrTag);
    },
    list: (project, name) =>
      read(database, [
        ...(project === undefined ? [] : [eq(datasetVersions.project, project)]),
        ...(name === undefined ? [] : [eq(datasetVersions.name, name)]),
      ]),
    ...createDatasetTags(database),
  };
}

interface Publication {
  readonly manifest: DatasetManifest;
  readonly ref: BlobRef;
  readonly runId: string | null;
  readonly seen: number | null | undefined;
}

/** The number of the version: a new one, or one that stands for it. */
async function publish(session: Session, { manifest, ref, runId, seen }: Publication): Promise<number> {
  const { project, name, digest, key, commit, rows, quarantined, features } = manifest;
  await lockProject(session, project);
  const [known] = await session
    .select({ version: datasetVersions.version })
    .from(datasetVersions)
    .where(and(...named(manifest), ...published(manifest, ref)));
  if (known) return known.version;
  if (seen !== undefined) {
    const newest = await newestOfKey(session, manifest);
    if (newest !== null && newest !== seen) return newest;
  }
  const [last] = await session
    .select({ version: max(datasetVersions.version) })
    .from(datasetVersions)
    .where(and(...named(manifest)));
  const version = (last?.version ?? 0) + 1;
  await session.insert(datasetVersions).values({
    project,
    name,
    version,
    digest,
    key,
    commit,
    runId,
    manifest: ref,
    rows: rows.train + rows.validation + rows.test,
    quarantined: quarantined.reduce((sum, table) => sum + table.rows, 0),
  });
  if (features.length === 0) return version;
  const links = features.map((view) => ({
    project,
    dataset: name,
    version,
    view: view.name,
    viewVersion: view.version,
  }));
  await session.insert(datasetViews).values(links).onConflictDoNothing();
  return version;
}

async function newestOfKey(session: Session, manifest: DatasetManifest): Promise<number | null> {
  const [row] = await session
    .select({ version: max(datasetVersions.version) })
    .from(datasetVersions)
    .where(and(...named(manifest), eq(datasetVersions.key, manifest.key)));
  return row?.version ?? null;
}

/** The version that this very manifest made. Another manifest of the key stands for one whose objects were lost. */
function published({ key }: DatasetManifest, ref: BlobRef): SQL[] {
  return [eq(datasetVersions.key, key), sql`${datasetVersions.manifest} ->> 'sha256' = ${ref.sha256}`];
}

function named({ project, name }: { readonly project: string; readonly name: string }): SQL[] {
  return [eq(datasetVersions.project, project), eq(datasetVersions.name, name)];
}

const tagsOfVersion = sql<readonly string[]>`(
  select coalesce(jsonb_agg(t.tag order by t.tag), '[]'::jsonb) from dataset_tags t
  where t.project = dataset_versions.project and t.name = dataset_versions.name
    and t.version = dataset_versions.version)`;

const rowsOfTags = sql<Readonly<Record<string, number>>>`(
  select coalesce(jsonb_object_agg(t.tag, t.rows) filter (where t.rows is not null), '{}'::jsonb)
  from dataset_tags t
  where t.project = dataset_versions.project and t.name = dataset_versions.name
    and t.version = dataset_versions.version)`;

/** Digits are a version number, anything else is a tag: the table takes no tag that is a number. */
function chosenBy(versionOrTag: string): SQL {
  if (/^[0-9]{1,9}$/.test(versionOrTag)) return eq(datasetVersions.version, Number(versionOrTag));
  return sql`exists (
    select from dataset_tags t
    where t.project = dataset_versions.project and t.name = dataset_versions.name
      and t.version = dataset_versions.version and t.tag = ${versionOrTag})`;
}

/** Newest first. */
async function read(database: Database, conditions: readonly SQL[]): Promise<DatasetRecord[]> {
  const rows = await database.query((session) =>
    session
      .select({ version: datasetVersions, tags: tagsOfVersion, tagRows: rowsOfTags })
      .from(datasetVersions)
      .where(and(...conditions))
      .orderBy(
        desc(datasetVersions.createdAt),
        asc(datasetVersions.project),
        asc(datasetVersions.name),
        desc(datasetVersions.version),
      ),
  );
  return rows.map(({ version, tags, tagRows }) => ({
    ...version,
    tags,
    tagRows,
    createdAt: version.createdAt.toISOString(),
  }));
}

function undeclaredViews({ project, features }: DatasetManifest): RatchetError {
  const views = features.map((view) => `${view.name} ${view.version}`);
  return new RatchetError(
    'FEATURE_NOT_FOUND',
    `a dataset is made with declared feature views of project ${project}; it names ${views.join(', ')}`,
    { project, views },
  );
}
