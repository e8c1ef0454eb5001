import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { CollectedTable } from './deps.js';

/** Paths of the tables' snapshots on this machine, by table. */
export type Snapshots = Readonly<Record<string, string>>;

/** Brings the raw rows of every table into the work folder. Errors: `BLOB_MISSING`, `BLOB_CORRUPT`. */
export async function fetchSnapshots(
  blobs: BlobStore,
  tables: readonly Pick<CollectedTable, 'table' | 'snapshot'>[],
  workDir: string,
): Promise<Snapshots> {
  const folder = join(workDir, 'snapshots');
  await mkdir(folder, { recursive: true });
  const pairs = await Promise.all(
    tables.map(async ({ table, snapshot }) => {
      const path = join(folder, `${table}.parquet`);
      await blobs.fetchFile(snapshot, path);
      return [table, path] as const;
    }),
  );
  return Object.fromEntries(pairs);
}
