import { join } from 'node:path';
import type { TestRows } from '../../domain/monitoring/profile/make-profile.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { sortOrder } from '../../domain/stats/sort-order.js';
import { readColumns } from '../adapters/duckdb/index.js';
import { answerRows } from '../evaluation/answer-splits.js';
import { withVersionModel } from '../serving/version-model.js';
import type { ReferenceDeps } from './deps.js';
import type { WatchedVersion } from './reference-of.js';
import { timesOf } from './reference-rows.js';

/** What a version says of the test rows, in the order of time; null for a model without scores. */
export async function testRows(
  deps: ReferenceDeps,
  at: { readonly version: WatchedVersion; readonly manifest: DatasetManifest; readonly folder: string },
  signal: AbortSignal,
): Promise<Omit<TestRows, 'concept'> | null> {
  const { record, config, threshold } = at.version;
  const { evaluation, dataset } = config;
  const { task, primary } = evaluation;
  if (task === 'clustering') return null;
  const path = join(at.folder, 'test.parquet');
  await deps.blobs.fetchFile(at.manifest.files.test, path);
  const { score, label } = await withVersionModel(deps, record, { folder: at.folder, signal }, (model) =>
    answerRows(model, { evaluation, label: dataset.label }, path),
  );
  if (score === undefined) return null;
  const order = await timeOrder(path, dataset.predictAt, score.length);
  const sorted = (values: Float64Array | undefined) =>
    Float64Array.from(order, (row) => values?.[row] ?? Number.NaN);
  return { task, primary, threshold, scores: sorted(score), labels: sorted(label) };
}

/** Rows without a time stay in the order in which they are. */
async function timeOrder(path: string, column: string | undefined, rows: number): Promise<Uint32Array> {
  const times = column === undefined ? [] : timesOf(await readColumns(path, [column]));
  const isTimed = times.length === rows && times.every(Number.isFinite);
  return sortOrder(isTimed ? times : new Float64Array(rows));
}
