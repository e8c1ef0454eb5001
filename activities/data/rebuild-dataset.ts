import { canonicalText } from '../../domain/canonical-text.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { computeDataset } from './compute-dataset.js';
import type { DataDeps, WorkOptions } from './deps.js';
import { fetchSnapshots } from './fetch-snapshots.js';
import { prepareExamples } from './prepare-examples.js';

/** Proof that a stored version can be made again from its raw rows. */
export interface RebuiltDataset {
  readonly version: number;
  readonly digest: string;
  readonly rows: DatasetManifest['rows'];
}

/**
 * Makes a version again from the raw rows and the definition that its manifest keeps, every feature anew. Errors:
 * `DATASET_NOT_FOUND`; `DATASET_CHANGED` where the rows do not have the stored digest, naming what differs.
 */
export async function rebuildDataset(
  deps: Pick<DataDeps, 'blobs' | 'datasets' | 'launcher'>,
  input: { readonly project: string; readonly name: string; readonly version: string },
  options: WorkOptions,
): Promise<RebuiltDataset> {
  const record = await deps.datasets.get(input.project, input.name, input.version);
  const manifest = (await deps.blobs.getJson(record.manifest)) as DatasetManifest;
  const definition = (await deps.blobs.getJson(manifest.definition)) as DatasetDefinition;
  const snapshots = await fetchSnapshots(deps.blobs, manifest.sources, options.workDir);
  const prepared = await prepareExamples(deps.launcher, definition, snapshots, options);
  const { digest, counts, statistics } = await computeDataset(
    deps.launcher,
    definition,
    prepared,
    {},
    options,
  );
  if (digest === manifest.digest) return { version: record.version, digest, rows: counts.rows };
  const was = new Map(manifest.columns.map((column) => [column.name, canonicalText(column)]));
  const columns = statistics.filter((column) => was.get(column.name) !== canonicalText(column));
  const names = columns.map(({ name }) => name).join(', ');
  throw new RatchetError(
    'DATASET_CHANGED',
    `${input.name} version ${record.version} has the digest ${manifest.digest}, rebuilt it has ${digest}; rows ${canonicalText(manifest.rows)} are ${canonicalText(counts.rows)}; columns that differ: ${names || 'none in their statistics'}`,
    {
      stored: manifest.digest,
      rebuilt: digest,
      rows: { stored: manifest.rows, rebuilt: counts.rows },
      columns: columns.map(({ name }) => name),
    },
  );
}
