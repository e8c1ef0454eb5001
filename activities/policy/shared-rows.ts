import { join } from 'node:path';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type Column, readColumns } from '../adapters/duckdb/index.js';
import type { PolicyDeps } from './deps.js';
import type { Live } from './live-champion.js';
import type { PolicyJob } from './policy-job.js';

/** More keys than this are not held in memory. */
const mostRows = 5_000_000;

interface Where {
  readonly folder: string;
  /** The candidate's test rows. */
  readonly test: string;
}

/**
 * Whether the champion has learned from one of the candidate's test rows, by row key: then it would be judged on what
 * it knows. Gives the reason, or undefined where no row is shared. Keys of two types are never equal, and say nothing.
 */
export async function sharedRows(
  deps: PolicyDeps,
  { manifest, configuration }: PolicyJob,
  { manifest: before }: Extract<Live, { kind: 'live' }>,
  { folder, test }: Where,
): Promise<string | undefined> {
  if (before.digest === manifest.digest) return undefined;
  const { key } = configuration.dataset;
  const unlike = key.find((name) => typeIn(before, name) !== typeIn(manifest, name));
  if (unlike !== undefined)
    return `rows cannot be told apart by ${unlike}, which is ${typeIn(manifest, unlike)} here and ${typeIn(before, unlike)} in the champion's dataset`;
  const { train, validation } = before.rows;
  if (train + validation + manifest.rows.test > mostRows)
    return `more than ${mostRows} rows would have to be compared by their keys`;
  const tested = new Set(keysOf(await readColumns(test, key)));
  let shared = 0;
  for (const split of ['train', 'validation'] as const) {
    const path = join(folder, `champion-${split}-keys.parquet`);
    await deps.blobs.fetchFile(before.files[split], path);
    for (const rowKey of keysOf(await readColumns(path, key))) if (tested.has(rowKey)) shared += 1;
  }
  return shared === 0
    ? undefined
    : `the champion has learned from ${shared} of the ${manifest.rows.test} test rows of this version`;
}

function typeIn({ columns }: DatasetManifest, name: string): string {
  return columns.find((column) => column.name === name)?.type ?? 'not there';
}

function keysOf(columns: readonly Column[]): string[] {
  const rows = columns[0]?.values.length ?? 0;
  return Array.from({ length: rows }, (_, row) => JSON.stringify(columns.map(({ values }) => values[row])));
}
