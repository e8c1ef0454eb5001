import { and, asc, desc, eq, max, type SQL, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ModelRegistry, ModelVersionRecord, NewModelVersion } from '../domain/ports/models.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { createEvaluations } from './evaluations.js';
import { onlyRow } from './only-row.js';
import { lockProject } from './project-lock.js';
import { datasetVersions } from './schema/datasets.js';
import { evaluations } from './schema/evaluations.js';
import { modelAliases, modelVersions, modelVersionViews } from './schema/models.js';
import { untraceable } from './untraceable.js';

export function createModelRegistry(database: Database): ModelRegistry {
  const read = (conditions: readonly SQL[]) => database.query((session) => readVersions(session, conditions));
  return {
    ...createEvaluations(database),
    async register(version) {
      const work = database.transaction((session) => register(session, version));
      await explained(work, untraceable(version));
      return onlyRow(await read([...named(version), eq(modelVersions.runId, version.runId)]));
    },
    async get(project, model, versionOrAlias) {
      const [found] = await read([...named({ project, model }), chosenBy(versionOrAlias)]);
      if (found) return found;
      throw unknownModel(project, model, versionOrAlias);
    },
    list: (project, model) =>
      read([
        ...(project === undefined ? [] : [eq(modelVersions.project, project)]),
        ...(model === undefined ? [] : [eq(modelVersions.model, model)]),
      ]),
  };
}

/** Whether the version can be traced is for the constraints of the table to say, not for this function. */
async function register(session: Session, version: NewModelVersion): Promise<void> {
  const { project, model, runId, dataset, features, ...parts } = version;
  await lockProject(session, project);
  const [known] = await session
    .select({ version: modelVersions.version })
    .from(modelVersions)
    .where(and(...named(version), eq(modelVersions.runId, runId)));
  if (known) return;
  const [last] = await session
    .select({ version: max(modelVersions.version) })
    .from(modelVersions)
    .where(and(...named(version)));
  const number = (last?.version ?? 0) + 1;
  const ofDataset = { dataset: dataset.name, datasetVersion: dataset.version };
  await session.insert(modelVersions).values({
    ...parts,
    ...ofDataset,
    project,
    model,
    runId,
    version: number,
    datasetDigest: digestOfDataset(version),
    modelDigest: version.file.sha256,
  });
  if (features.length === 0) return;
  const links = features.map((view) => ({
    ...ofDataset,
    project,
    model,
    version: number,
    view: view.name,
    viewVersion: view.version,
  }));
  await session.insert(modelVersionViews).values(links).onConflictDoNothing();
}

/** Null where there is no such version, which the table refuses. */
function digestOfDataset({ project, dataset }: NewModelVersion): SQL {
  return sql`(
    select d.digest from ${datasetVersions} d
    where d.project = ${project} and d.name = ${dataset.name} and d.version = ${dataset.version})`;
}

/** One version by its number. Error: `MODEL_NOT_FOUND`. */
export async function readVersion(
  session: ReadSession,
  project: string,
  model: string,
  version: number,
): Promise<ModelVersionRecord> {
  const conditions = [...named({ project, model }), eq(modelVersions.version, version)];
  const [found] = await readVersions(session, conditions);
  if (found) return found;
  throw unknownModel(project, model, String(version));
}

function unknownModel(project: string, model: string, version: string): RatchetError {
  return new RatchetError(
    'MODEL_NOT_FOUND',
    `model ${project}/${model} has no version or alias "${version}"`,
    { project, model, version },
  );
}

function named({ project, model }: { readonly project: string; readonly model: string }): SQL[] {
  return [eq(modelVersions.project, project), eq(modelVersions.model, model)];
}

/** Digits are a version number, anything else is an alias: the table takes no alias that is a number. */
function chosenBy(versionOrAlias: string): SQL {
  if (/^[0-9]{1,9}$/.test(versionOrAlias)) return eq(modelVersions.version, Number(versionOrAlias));
  return eq(modelAliases.alias, versionOrAlias);
}

const viewsOfVersion = sql<NewModelVersion['features']>`(
  select coalesce(
    jsonb_agg(jsonb_build_object('name', v.view, 'version', v.view_version) order by v.view, v.view_version),
    '[]'::jsonb)
  from model_version_views v
  where v.project = model_versions.project and v.model = model_versions.model
    and v.version = model_versions.version)`;

const aliasOfVersion = and(
  eq(modelAliases.project, modelVersions.project),
  eq(modelAliases.model, modelVersions.model),
  eq(modelAliases.version, modelVersions.version),
);

/** Newest first. */
async function readVersions(
  session: ReadSession,
  conditions: readonly SQL[],
): Promise<readonly ModelVersionRecord[]> {
  const rows = await session
    .select({
      row: modelVersions,
      features: viewsOfVersion,
      metrics: evaluations.metrics,
      alias: modelAliases.alias,
    })
    .from(modelVersions)
    .innerJoin(evaluations, eq(evaluations.id, modelVersions.evaluationId))
    .leftJoin(modelAliases, aliasOfVersion)
    .where(and(...conditions))
    .orderBy(
      desc(modelVersions.createdAt),
      asc(modelVersions.project),
      asc(modelVersions.model),
      desc(modelVersions.version),
    );
  return rows.map(({ row, ...joined }) => toRecord(row, joined));
}

function toRecord(
  row: typeof modelVersions.$inferSelect,
  joined: Pick<ModelVersionRecord, 'features' | 'metrics' | 'alias'>,
): ModelVersionRecord {
  const { dataset, datasetVersion, datasetDigest: _, modelDigest: __, createdAt, ...rest } = row;
  return {
    ...rest,
    ...joined,
    dataset: { name: dataset, version: datasetVersion },
    createdAt: createdAt.toISOString(),
  };
}
