import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ReleasePlan } from '../../domain/lifecycle/release-serving.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type Column, readColumns } from '../adapters/duckdb/index.js';
import { readManifest } from '../data/read-manifest.js';
import type { DeployDeps } from './deps.js';

/** Few enough for one batch of any endpoint that is not set to smaller ones. */
export const mostSampleRows = 64;

export interface SampleRows {
  /** Values by the name of their column. */
  readonly columns: Readonly<Record<string, Column['values']>>;
  readonly count: number;
}

/**
 * Rows of the dataset that a model was judged on, evenly over its validation split, or over another where that has none.
 * Without `inputs` all their columns. Errors: `ANSWERS_DIFFER` where there is no row at all, those of the store.
 */
export async function sampleRows(
  deps: Pick<DeployDeps, 'blobs' | 'datasets'>,
  {
    project,
    dataset,
    inputs,
    most = mostSampleRows,
    folder,
  }: Pick<ReleasePlan['samples'], 'dataset'> & {
    readonly inputs?: readonly string[];
    /** Fewer than usual, where an endpoint lets fewer wait. */
    readonly most?: number;
    readonly project: string;
    readonly folder: string;
  },
): Promise<SampleRows> {
  const manifest = await readManifest(deps, { project, dataset });
  const split = fullSplit(manifest);
  if (split === undefined) {
    throw new RatchetError(
      'ANSWERS_DIFFER',
      `dataset ${dataset.name}@${dataset.version} has no rows to compare answers with`,
    );
  }
  const path = join(folder, 'rows.parquet');
  await deps.blobs.fetchFile(manifest.files[split], path);
  const step = Math.max(1, Math.ceil(manifest.rows[split] / most));
  const read = await readColumns(path, inputs);
  const columns = Object.fromEntries(read.map((column) => [column.name, everyNth(column, step)]));
  return { columns, count: Math.ceil(manifest.rows[split] / step) };
}

function fullSplit({ rows }: DatasetManifest): keyof DatasetManifest['rows'] | undefined {
  return (['validation', 'test', 'train'] as const).find((split) => rows[split] > 0);
}

function everyNth({ values }: Column, step: number): Column['values'] {
  if (values instanceof Float64Array) return values.filter((_, row) => row % step === 0);
  return values.filter((_, row) => row % step === 0);
}
