import { join } from 'node:path';
import type { ColumnValues } from '../../domain/monitoring/column-values.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type Column, readColumns } from '../adapters/duckdb/index.js';
import type { ReferenceDeps } from './deps.js';
import type { WatchedVersion } from './reference-of.js';

/** The rows that a model was made from: those of training, and then those of validation. */
export interface ReferenceRows {
  readonly columns: Readonly<Record<string, ColumnValues>>;
  /** The first row of validation. */
  readonly validationFrom: number;
  /** ms since 1970; left out where rows have no time. */
  readonly times: Float64Array | undefined;
  /** Of a classification, NaN where there is none. */
  readonly labels: Float64Array | undefined;
}

export async function referenceRows(
  deps: Pick<ReferenceDeps, 'blobs'>,
  { files }: DatasetManifest,
  { evaluation, dataset }: WatchedVersion['config'],
  folder: string,
): Promise<ReferenceRows> {
  const { predictAt } = dataset;
  const label = evaluation.task === 'classification' ? dataset.label : undefined;
  const names = [...evaluation.inputs, predictAt, label].filter((name) => name !== undefined);
  const parts = await Promise.all(
    (['train', 'validation'] as const).map(async (split) => {
      const path = join(folder, `${split}.parquet`);
      await deps.blobs.fetchFile(files[split], path);
      return readColumns(path, [...new Set(names)]);
    }),
  );
  const joined = (name: string) =>
    parts.flatMap((columns) => columns.find((column) => column.name === name) ?? []);
  const labels = label === undefined ? undefined : valuesOf(joined(label));
  return {
    columns: Object.fromEntries(evaluation.inputs.map((name) => [name, valuesOf(joined(name))])),
    validationFrom: parts[0]?.[0]?.values.length ?? 0,
    times: predictAt === undefined ? undefined : timesOf(joined(predictAt)),
    labels: labels?.kind === 'numeric' ? labels.values : undefined,
  };
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

/** ms since 1970, NaN for null. */
export function timesOf(parts: readonly Column[]): Float64Array {
  const times = parts.flatMap(({ values }) => Array.from(values as (string | null)[]));
  return Float64Array.from(times, (time) => (time === null ? Number.NaN : Date.parse(time)));
}
