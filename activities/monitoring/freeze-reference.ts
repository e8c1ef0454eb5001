import { join } from 'node:path';
import type { ColumnValues } from '../../domain/monitoring/column-values.js';
import { makeProfile } from '../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { rowsByWindow } from '../../domain/monitoring/profile/rows-by-window.js';
import { windowRule } from '../../domain/monitoring/watch-rules.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type Column, readColumns } from '../adapters/duckdb/index.js';
import { readManifest } from '../data/read-manifest.js';
import { answerRows } from '../evaluation/answer-splits.js';
import { inFolder } from '../serving/in-folder.js';
import { withVersionModel } from '../serving/version-model.js';
import type { ReferenceDeps } from './deps.js';
import type { ReferenceRule, WatchedVersion } from './reference-of.js';

/** Inputs of the training and validation rows, window by window, and scores of the test rows. */
export async function freezeReference(
  deps: ReferenceDeps,
  version: WatchedVersion,
  watch: ReferenceRule,
  signal: AbortSignal,
): Promise<ReferenceProfile> {
  const { record, config } = version;
  const manifest = await readManifest(deps, record);
  return inFolder(deps.workDir, 'reference', async (folder) => {
    const { columns, times, validationFrom } = await referenceRows(deps, manifest, config, folder);
    const scores = await testScores(deps, { version, manifest, folder }, signal);
    return makeProfile({
      columns,
      windows: times === undefined ? [] : rowsByWindow(windowRule(watch, 'inputs'), times),
      ...{ scores, times, validationFrom },
      floor: watch.drift.floor,
      ignore: watch.drift.ignore,
    });
  });
}

async function referenceRows(
  deps: Pick<ReferenceDeps, 'blobs'>,
  { files }: DatasetManifest,
  { evaluation, dataset }: WatchedVersion['config'],
  folder: string,
) {
  const timeColumn = dataset.predictAt;
  const names = [...new Set([...evaluation.inputs, ...(timeColumn === undefined ? [] : [timeColumn])])];
  const parts = await Promise.all(
    (['train', 'validation'] as const).map(async (split) => {
      const path = join(folder, `${split}.parquet`);
      await deps.blobs.fetchFile(files[split], path);
      return readColumns(path, names);
    }),
  );
  const joined = (name: string) =>
    parts.flatMap((columns) => columns.find((column) => column.name === name) ?? []);
  const columns = Object.fromEntries(evaluation.inputs.map((name) => [name, valuesOf(joined(name))]));
  const validationFrom = parts[0]?.[0]?.values.length ?? 0;
  if (timeColumn === undefined) return { columns, validationFrom, times: undefined };
  const times = joined(timeColumn).flatMap(({ values }) =>
    Array.from(values as (string | null)[], millisecondsOf),
  );
  return { columns, validationFrom, times: Float64Array.from(times) };
}

function valuesOf(parts: readonly Column[]): ColumnValues {
  const numbers = parts.flatMap(({ values }) => (values instanceof Float64Array ? [values] : []));
  if (numbers.length < parts.length)
    return { kind: 'categorical', values: parts.flatMap(({ values }) => values as (string | null)[]) };
  const all = new Float64Array(numbers.reduce((rows, { length }) => rows + length, 0));
  let at = 0;
  for (const part of numbers) {
    all.set(part, at);
    at += part.length;
  }
  return { kind: 'numeric', values: all };
}

const millisecondsOf = (time: string | null): number => (time === null ? Number.NaN : Date.parse(time));

async function testScores(
  deps: ReferenceDeps,
  at: { readonly version: WatchedVersion; readonly manifest: DatasetManifest; readonly folder: string },
  signal: AbortSignal,
): Promise<Float64Array | null> {
  const { evaluation, dataset } = at.version.config;
  if (evaluation.task === 'clustering') return null;
  const path = join(at.folder, 'test.parquet');
  await deps.blobs.fetchFile(at.manifest.files.test, path);
  return withVersionModel(deps, at.version.record, { folder: at.folder, signal }, async (model) => {
    const { score } = await answerRows(model, { evaluation, label: dataset.label }, path);
    return score ?? null;
  });
}
