import type { AdoptedFrom } from '../../domain/ports/datasets.js';
import { adoptDataset } from './adopt-dataset.js';
import type { DataDeps, DatasetRequest } from './deps.js';
import { readWhole } from './find-whole.js';
import { fingerprintTable } from './fingerprint-table.js';
import { datasetKey, type Fingerprints, fingerprintOf } from './keys.js';
import { loadDatasetDefinition } from './load-definition.js';
import type { WantedDataset } from './wanted-dataset.js';

/** A version that need not be built. */
export interface DatasetHit {
  readonly version: number;
  readonly digest: string;
  /** The version of another project that this project has adopted just now. */
  readonly adoptedFrom: AdoptedFrom | null;
}

export interface DatasetPlan {
  /** Name of the dataset. */
  readonly name: string;
  /** Digest of everything that decides the rows. */
  readonly key: string;
  /** Digest of what the sources hold. */
  readonly fingerprint: string;
  /** What each table's source holds. */
  readonly fingerprints: Fingerprints;
  /** The version that has this key and all of its objects. */
  readonly hit: DatasetHit | null;
}

/**
 * Asks the sources what they hold and whether a version for it is there already, here or in a project that it can be
 * adopted from. Reads no rows itself.
 */
export async function planDataset(
  deps: Pick<DataDeps, 'git' | 'projects' | 'sources' | 'blobs' | 'datasets' | 'features'>,
  request: DatasetRequest,
  runId: string | null,
): Promise<DatasetPlan> {
  const definition = await loadDatasetDefinition(deps, request);
  const pairs = await Promise.all(
    definition.tables.map(
      async (table) => [table.config.name, await fingerprintTable(deps, request, table)] as const,
    ),
  );
  const fingerprints: Fingerprints = Object.fromEntries(pairs);
  const key = datasetKey(definition, fingerprints);
  const { name } = definition.dataset;
  const hit = await findHit(deps, { request, definition, fingerprints, key, runId });
  return { name, key, fingerprint: fingerprintOf(fingerprints), fingerprints, hit };
}

async function findHit(
  deps: Pick<DataDeps, 'blobs' | 'datasets' | 'features'>,
  wanted: Omit<WantedDataset, 'lost'>,
): Promise<DatasetHit | null> {
  const { project } = wanted.request;
  const own = await deps.datasets.findByKey(project, wanted.definition.dataset.name, wanted.key);
  if (own !== undefined && (await readWhole(deps.blobs, own)) !== null)
    return { version: own.version, digest: own.digest, adoptedFrom: null };
  const adopted = await adoptDataset(deps, { ...wanted, lost: own?.version ?? null });
  if (adopted === null) return null;
  return { version: adopted.record.version, digest: adopted.record.digest, adoptedFrom: adopted.from };
}
