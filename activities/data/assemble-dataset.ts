import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import {
  constantsSql,
  datasetViewSql,
  judgedColumns,
  judgeSql,
  quarantineJudgedSql,
  sortSql,
  statesSql,
} from '../../domain/features/judge-sql.js';
import { quoteIdentifiers, quoteText } from '../../domain/features/quote.js';
import { positionColumn, relations } from '../../domain/features/relations.js';
import { type SplitName, splitNames } from '../../domain/features/split-sql.js';
import { statisticsSql } from '../../domain/features/statistics-sql.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import { type JobResults, type JobStep, runDuckdbJob } from '../adapters/duckdb/index.js';
import type { WorkOptions } from './deps.js';

/** The files of a dataset on this machine, and what the build said about them. */
export interface AssembledDataset {
  readonly files: Readonly<Record<SplitName, string>>;
  readonly quarantine: string;
  readonly results: JobResults;
}

export interface AssemblyInput {
  readonly definition: DatasetDefinition;
  readonly database: string;
  /** Columns of the dataset, in order. */
  readonly columns: readonly ShapedColumn[];
  /** Steps that make or read the vectors of every view. */
  readonly vectorSteps: readonly JobStep[];
}

/** Joins features to examples, judges each row and writes the splits. Runs no SQL of the repository, so threads are free. */
export async function assembleDataset(
  launcher: Launcher,
  { definition, database, columns, vectorSteps }: AssemblyInput,
  options: WorkOptions,
): Promise<AssembledDataset> {
  const folder = join(options.workDir, 'dataset');
  await mkdir(folder, { recursive: true });
  const files = {
    train: join(folder, 'train.parquet'),
    validation: join(folder, 'validation.parquet'),
    test: join(folder, 'test.parquet'),
  };
  const quarantine = join(folder, 'quarantine.parquet');
  const { dataset } = definition;
  const views = definition.views.map(({ config }) => config.name);
  const results = await runDuckdbJob(
    launcher,
    {
      ...options.bounds,
      key: options.key,
      fence: options.fence,
      name: 'assemble',
      folder: options.workDir,
      database,
      steps: [
        ...vectorSteps,
        { do: 'run', say: 'checking the contract', sql: sortSql(dataset) },
        { do: 'run', sql: judgeSql(dataset, columns, views) },
        { do: 'run', sql: datasetViewSql(columns) },
        { do: 'run', sql: quarantineJudgedSql(dataset) },
        ...tellingSteps(columns),
        { do: 'run', say: 'writing the splits', sql: quarantineFileSql(quarantine) },
        ...splitNames.map(
          (split): JobStep => ({ do: 'run', sql: splitFileSql(split, columns, files[split]) }),
        ),
      ],
    },
    options,
  );
  return { files, quarantine, results };
}

function tellingSteps(columns: readonly ShapedColumn[]): JobStep[] {
  const { split } = judgedColumns;
  const names = [split, ...columns.map(({ name }) => name)];
  return [
    { do: 'rows', name: 'states', sql: statesSql() },
    {
      do: 'rows',
      name: 'splits',
      sql: `select ${split} as split, count(*) as rows from ${relations.dataset} group by all`,
    },
    {
      do: 'rows',
      name: 'quarantined',
      sql: `select "table", reason, count(*) as rows from ${relations.quarantine} group by all order by all`,
    },
    { do: 'rows', name: 'statistics', sql: statisticsSql(columns, relations.dataset) },
    { do: 'rows', name: 'constants', sql: constantsSql(columns) },
    { do: 'digest', name: 'digest', relation: relations.dataset, columns: names },
  ];
}

function splitFileSql(split: SplitName, columns: readonly ShapedColumn[], to: string): string {
  return `copy (select ${quoteIdentifiers(columns.map(({ name }) => name))} from ${relations.dataset}
  where ${judgedColumns.split} = '${split}' order by ${positionColumn}) to ${quoteText(to)} (format parquet, compression zstd)`;
}

/** Writes the rows that were set aside: table, row key, reason, value. */
export function quarantineFileSql(to: string): string {
  return `copy (select * from ${relations.quarantine} order by all) to ${quoteText(to)} (format parquet, compression zstd)`;
}
