import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../domain/features/quote.js';

/** Rows of the three splits, as Parquet. */
export type SplitFiles = Readonly<Record<'train' | 'validation' | 'test', Uint8Array>>;

/** Small files that look like a dataset of the smallest model. Made once for all seeds. */
export async function makeSplitFiles(): Promise<SplitFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-files-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  try {
    const connection = await instance.connect();
    const make = async (split: string, rows: number) => {
      const path = join(folder, `${split}.parquet`);
      const select = `select range as id, range / 7 as x, range / 3 as y, range % 2 as label from range(${rows})`;
      await connection.run(`copy (${select}) to ${quoteText(path)} (format parquet)`);
      return readFile(path);
    };
    return {
      train: await make('train', 5),
      validation: await make('validation', 6),
      test: await make('test', 7),
    };
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
