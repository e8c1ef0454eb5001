import { basename, join } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Launcher } from '../../../domain/ports/launcher.js';
import { readColumnFile } from './column-file.js';
import type { Column } from './read-columns.js';
import { runDuckdbJob } from './run-duckdb-job.js';

/** A Parquet file that foreign code wrote, and where it may be read. */
export interface ForeignFile {
  readonly path: string;
  readonly columns: readonly string[];
  /** An empty folder for the child process. */
  readonly folder: string;
  readonly key: string;
  readonly fence: number;
}

/**
 * As `readColumns`, for a file that foreign code wrote: the Parquet decoder runs in a child process without network,
 * which hands plain numbers and texts back. Error: `OUTPUT_INVALID` where the file cannot be read or lacks a column.
 */
export async function readForeignColumns(
  launcher: Launcher,
  { path, columns, folder, key, fence }: ForeignFile,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Column[]> {
  const to = join(folder, 'columns.bin');
  const job = {
    key,
    fence,
    name: 'columns',
    folder,
    inputs: [path],
    threads: 1,
    memoryMiB: 1024,
    wallMs: 120_000,
    diskMiB: 4096,
    steps: [{ do: 'columns', from: path, columns, to }],
  } as const;
  try {
    await runDuckdbJob(launcher, job, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof RatchetError && error.entry.kind !== 'unavailable')
      throw new RatchetError(
        'OUTPUT_INVALID',
        `${basename(path)}: ${error.message.replaceAll(path, basename(path))}`,
        error.details,
        { cause: error },
      );
    throw error;
  }
  return await readColumnFile(to);
}
