import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { computeDataset } from './compute-dataset.js';
import type { DataDeps, WorkOptions } from './deps.js';
import { fetchSnapshots } from './fetch-snapshots.js';
import { judgeDataset } from './judge-dataset.js';
import type { Fingerprints } from './keys.js';
import { loadDatasetDefinition } from './load-definition.js';
import { planVectors, type VectorsPlan } from './plan-vectors.js';
import { prepareExamples } from './prepare-examples.js';
import { tellRefusedRows } from './refused-rows.js';
import { type BuildRequest, storeDraft } from './store-draft.js';

type Deps = Pick<DataDeps, 'git' | 'projects' | 'blobs' | 'features' | 'launcher'>;

/** A dataset that is built and stored but not published. */
export interface BuiltDataset {
  readonly name: string;
  readonly key: string;
  readonly digest: string;
  readonly rows: DatasetManifest['rows'];
  readonly quarantined: number;
  /** The manifest as far as it is known: a `DatasetManifest` without the checks still to come. */
  readonly draft: BlobRef;
}

/**
 * From raw snapshots to the files of a dataset: cleans, makes the examples, joins the features as they were known,
 * holds the contract and the split. Views whose vectors are stored for the same examples are not computed again.
 * Errors: `DATASET_SQL`, `DATA_TYPE`, `CONTRACT_BROKEN`, `SPLIT_EMPTY`, `BLOB_MISSING`.
 */
export async function buildDataset(
  deps: Deps,
  input: BuildRequest,
  options: WorkOptions,
): Promise<BuiltDataset> {
  const definition = await loadDatasetDefinition(deps, input);
  const snapshots = await fetchSnapshots(deps.blobs, input.tables, options.workDir);
  const fingerprints: Fingerprints = Object.fromEntries(
    input.tables.map(({ table, fingerprint }) => [table, fingerprint]),
  );
  const database = join(options.workDir, 'build.duckdb');
  const prepared = await prepareExamples(deps.launcher, definition, snapshots, options).catch(
    async (error: unknown) => {
      throw await tellRefusedRows(deps, error, database, options);
    },
  );
  const plans = await planVectors(deps, definition, prepared, { ...input, fingerprints });
  const stored = await fetchVectors(deps, plans, options.workDir);
  const computed = await computeDataset(deps.launcher, definition, prepared, stored, options);
  const quarantined = computed.counts.quarantined.reduce((sum, { rows }) => sum + rows, 0);
  const quarantine = quarantined === 0 ? null : await deps.blobs.putFile(computed.quarantine);
  judgeDataset(definition, computed.columns, computed.results, computed.counts, quarantine);
  options.progress?.('storing the dataset');
  const manifest = await storeDraft(deps, {
    request: input,
    definition,
    fingerprints,
    computed,
    plans,
    quarantine,
  });
  const { name, key, digest, rows } = manifest;
  return { name, key, digest, rows, quarantined, draft: await deps.blobs.putJson(manifest) };
}

async function fetchVectors(
  deps: Deps,
  plans: readonly VectorsPlan[],
  workDir: string,
): Promise<Record<string, string>> {
  const folder = join(workDir, 'stored');
  await mkdir(folder, { recursive: true });
  const paths: Record<string, string> = {};
  for (const { view, stored } of plans) {
    if (stored === null) continue;
    const path = join(folder, `${view.config.name}.parquet`);
    await deps.blobs.fetchFile(stored, path);
    paths[view.config.name] = path;
  }
  return paths;
}
