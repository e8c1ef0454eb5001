import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { quoteText } from '../../domain/features/quote.js';
import { splitNames } from '../../domain/features/split-sql.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type JobStep, runDuckdbJob } from '../adapters/duckdb/index.js';
import type { DataDeps, WorkOptions } from './deps.js';

/** What the condition is called in messages. */
const named = 'the condition';

/**
 * How many rows of all splits meet a condition. Errors: `DATASET_SQL` for what is no condition over the columns, with
 * DuckDB's words and the columns that there are, and for one that selects no row.
 */
export async function countSubset(
  deps: Pick<DataDeps, 'blobs' | 'launcher'>,
  { manifest, where }: { readonly manifest: DatasetManifest; readonly where: string },
  options: WorkOptions,
): Promise<number> {
  const folder = join(options.workDir, 'splits');
  await mkdir(folder, { recursive: true });
  const files = splitNames.map((split) => join(folder, `${split}.parquet`));
  await Promise.all(
    splitNames.map((split, at) => deps.blobs.fetchFile(manifest.files[split], files[at] ?? '')),
  );
  const job = { ...options.bounds, key: options.key, fence: options.fence, name: 'subset' };
  const steps = countSteps(files, where);
  const results = await runDuckdbJob(
    deps.launcher,
    { ...job, folder: options.workDir, steps },
    options,
  ).catch((error: unknown) => {
    throw withColumns(error, manifest);
  });
  const rows = Number(results['rows']?.[0]?.['rows']);
  const { train, validation, test } = manifest.rows;
  if (rows > 0) return rows;
  throw new RatchetError(
    'DATASET_SQL',
    `${named} selects none of the ${train + validation + test} rows of ${manifest.name}: ${where}`,
    { where },
  );
}

function countSteps(files: readonly string[], where: string): JobStep[] {
  const from = `read_parquet([${files.map(quoteText).join(', ')}])`;
  const run = (sql: string): JobStep => ({ do: 'run', sql, file: named });
  return [
    run(`create view dataset as select * from ${from}`),
    { do: 'expression', sql: where, file: named },
    run(`create table counted as select count(*) as rows from dataset where (\n${where}\n)`),
    // DuckDB takes numbers and texts where a condition stands, and reads something into them.
    run(`create table typed as select typeof((\n${where}\n)) as type from dataset limit 1`),
    {
      do: 'refuse',
      sql: `select type from typed where type <> 'BOOLEAN'`,
      code: 'DATASET_SQL',
      message: `${named} is neither true nor false`,
    },
    { do: 'rows', name: 'rows', sql: 'select rows from counted' },
  ];
}

function withColumns(error: unknown, { columns }: DatasetManifest): unknown {
  if (!(error instanceof RatchetError) || error.code !== 'DATASET_SQL') return error;
  const names = columns.map(({ name }) => name);
  const text = `${error.message}; the columns are ${names.join(', ')}`;
  return new RatchetError('DATASET_SQL', text, { ...error.details, columns: names }, { cause: error });
}
