import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import type { AdoptedFrom, DatasetManifest, DatasetRecord } from '../../domain/ports/datasets.js';
import { adoptViews } from './adopt-views.js';
import type { DataDeps } from './deps.js';
import { readWhole } from './find-whole.js';
import { isSameSource } from './source-specs.js';
import type { WantedDataset } from './wanted-dataset.js';

type Deps = Pick<DataDeps, 'blobs' | 'datasets' | 'features'>;

/**
 * Makes a version of another project one of this project, where building it here would give the same rows: equal key,
 * and each table read from the same source with the same secret. A fingerprint is only as honest as the server that
 * told it, so an equal key from another source gives nobody anything. Null where no project has such a version.
 */
export async function adoptDataset(
  deps: Deps,
  wanted: WantedDataset,
): Promise<{ readonly record: DatasetRecord; readonly from: AdoptedFrom } | null> {
  for (const record of await deps.datasets.withKey(wanted.key)) {
    const { project, name, version } = record;
    if (project === wanted.request.project) continue;
    const theirs = await readWhole(deps.blobs, record);
    if (theirs === null || !(await hasSameSources(deps, wanted.definition, theirs))) continue;
    const from = { project, name, version };
    return { record: await publishAdopted(deps, wanted, theirs, from), from };
  }
  return null;
}

async function hasSameSources(
  deps: Deps,
  own: DatasetDefinition,
  manifest: DatasetManifest,
): Promise<boolean> {
  const { tables } = (await deps.blobs.getJson(manifest.definition)) as DatasetDefinition;
  const theirs = new Map(tables.map(({ config, source }) => [config.name, source]));
  return own.tables.every(({ config, source }) => {
    const other = theirs.get(config.name);
    return other !== undefined && isSameSource(source, other);
  });
}

async function publishAdopted(
  deps: Deps,
  wanted: WantedDataset,
  theirs: DatasetManifest,
  from: AdoptedFrom,
): Promise<DatasetRecord> {
  const { project, commit } = wanted.request;
  const manifest: DatasetManifest = {
    ...theirs,
    project,
    commit,
    definition: await deps.blobs.putJson(wanted.definition),
    features: await adoptViews(deps, wanted, theirs),
    adoptedFrom: from,
  };
  return await deps.datasets.publish(manifest, await deps.blobs.putJson(manifest), wanted.runId, wanted.lost);
}
