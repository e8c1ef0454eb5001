import { and, eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ServedVersions } from '../domain/ports/served-versions.js';
import type { ManifestModel } from '../domain/serving/manifest.js';
import type { ModelReference } from '../domain/serving/model-reference.js';
import type { Database, ReadSession } from './client.js';
import { modelAliases, modelVersions } from './schema/models.js';

/** Reads as `ratchet_serving`, which may see of a version no more than this. */
export function createServedVersions(database: Database): ServedVersions {
  return {
    resolve: (references) =>
      database.query((session) => Promise.all(references.map((reference) => find(session, reference)))),
  };
}

async function find(
  session: ReadSession,
  { project, model, wanted }: ModelReference,
): Promise<ManifestModel> {
  const isModel = and(eq(modelVersions.project, project), eq(modelVersions.model, model));
  const columns = { version: modelVersions.version, file: modelVersions.file };
  const [found] = await ('alias' in wanted
    ? session
        .select(columns)
        .from(modelAliases)
        .innerJoin(
          modelVersions,
          and(
            eq(modelVersions.project, modelAliases.project),
            eq(modelVersions.model, modelAliases.model),
            eq(modelVersions.version, modelAliases.version),
          ),
        )
        .where(and(isModel, eq(modelAliases.alias, wanted.alias)))
    : session
        .select(columns)
        .from(modelVersions)
        .where(and(isModel, eq(modelVersions.version, wanted.version))));
  if (found === undefined) throw unknown(project, model, wanted);
  const { sha256, bytes } = found.file;
  return {
    project,
    model,
    version: found.version,
    sha256,
    bytes,
    alias: 'alias' in wanted ? wanted.alias : null,
  };
}

function unknown(project: string, model: string, wanted: ModelReference['wanted']): RatchetError {
  const version = 'alias' in wanted ? wanted.alias : String(wanted.version);
  return new RatchetError(
    'MODEL_NOT_FOUND',
    `model ${project}/${model} has no version or alias "${version}"`,
    {
      project,
      model,
      version,
    },
  );
}
