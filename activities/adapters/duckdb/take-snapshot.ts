import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { columnTypeOf } from '../../../domain/features/column-shape.js';
import { quoteIdentifier, quoteText } from '../../../domain/features/quote.js';
import { readCsvHeader } from './csv-header.js';
import { fileFailure } from './file-failure.js';
import type { JobStep } from './job.js';
import { describeRelation } from './shape-relation.js';

type SnapshotStep = Extract<JobStep, { do: 'snapshot' }>;

/**
 * Writes the declared columns of the files to one Parquet file, as text and in the order of all columns: equal rows
 * give an equal file, whatever order and format they came in. Returns the number of rows. Errors: `SOURCE_INVALID` for
 * a file that cannot be read, `DATA_TYPE` for a column that is missing or has no text.
 */
export async function takeSnapshot(connection: DuckDBConnection, step: SnapshotStep): Promise<number> {
  const parts: string[] = [];
  for (const file of step.files)
    parts.push(step.format === 'csv' ? await csvSql(step, file) : await parquetSql(connection, step, file));
  const rows = parts.join(' union all ');
  try {
    const result = await connection.runAndReadAll(
      `copy (select * from (${rows}) order by all) to ${quoteText(step.to)} (format parquet, compression zstd)`,
    );
    return Number(result.getRows()[0]?.[0]);
  } catch (error) {
    throw unreadable(step, error);
  }
}

async function csvSql(step: SnapshotStep, file: string): Promise<string> {
  const header = await readCsvHeader(file);
  if (header === undefined)
    throw invalid(step, `the first record of ${basename(file)} is no list of column names`);
  if (header.length === 0)
    throw new RatchetError('SOURCE_EMPTY', `table ${step.table.name}: ${basename(file)} is empty`);
  const twice = header.find((name, index) => header.indexOf(name) < index);
  if (twice !== undefined) throw invalid(step, `${basename(file)} has two columns ${JSON.stringify(twice)}`);
  const found = pick(step, header, file);
  const columns = header.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  return `select ${selected(found)} from read_csv(${quoteText(file)}, auto_detect = false, header = true,
    columns = {${columns}}, delim = ',', quote = '"', escape = '"', comment = '', nullstr = ${quoteText(step.table.nullText)},
    allow_quoted_nulls = ${!step.quotedNulls})`;
}

async function parquetSql(connection: DuckDBConnection, step: SnapshotStep, file: string): Promise<string> {
  const relation = `read_parquet(${quoteText(file)})`;
  const described = await describeRelation(connection, `select * from ${relation}`).catch(
    (error: unknown) => {
      throw unreadable(step, error);
    },
  );
  const found = pick(
    step,
    described.map(({ name }) => name),
    file,
  );
  for (const [declared, name] of found) {
    const type = described.find((column) => column.name === name)?.duckdbType ?? '';
    if (columnTypeOf(type) === undefined)
      throw new RatchetError(
        'DATA_TYPE',
        `table ${step.table.name}: column ${declared} of ${basename(file)} is of type ${type}, which is not ${step.table.columns[declared]}`,
        { table: step.table.name, column: declared, type },
      );
  }
  return `select ${selected(found)} from ${relation}`;
}

type Found = readonly (readonly [declared: string, name: string])[];

function pick(step: SnapshotStep, names: readonly string[], file: string): Found {
  return Object.keys(step.table.columns).map((declared) => {
    const name =
      names.find((candidate) => candidate === declared) ??
      names.find((candidate) => candidate.toLowerCase() === declared.toLowerCase());
    if (name !== undefined) return [declared, name] as const;
    throw new RatchetError(
      'DATA_TYPE',
      `table ${step.table.name}: ${basename(file)} has no column ${declared}; it has ${names.join(', ')}`,
      { table: step.table.name, column: declared },
    );
  });
}

function selected(found: Found): string {
  return found
    .map(([declared, name]) => `cast(${quoteIdentifier(name)} as varchar) as ${quoteIdentifier(declared)}`)
    .join(', ');
}

function unreadable(step: SnapshotStep, error: unknown): RatchetError {
  return invalid(step, fileFailure(error, step.files));
}

function invalid(step: SnapshotStep, text: string): RatchetError {
  return new RatchetError('SOURCE_INVALID', `table ${step.table.name}: ${text}`, { table: step.table.name });
}
