import { stageTableSql } from '../../domain/features/clean-table.js';
import type { TableDefinition } from '../../domain/features/dataset-definition.js';
import { knownTableSql, quarantineTableSql } from '../../domain/features/known-table.js';
import { quoteValue } from '../../domain/features/quote.js';
import { innerSchema, relations } from '../../domain/features/relations.js';
import type { JobStep } from '../adapters/duckdb/index.js';
import type { Snapshots } from './fetch-snapshots.js';

/** Makes the schema of inner relations and the quarantine. */
export const openingSteps: readonly JobStep[] = [
  { do: 'run', sql: `create schema if not exists ${innerSchema}` },
  {
    do: 'run',
    sql: `create or replace table ${relations.quarantine} ("table" varchar, row_key varchar, reason varchar, value varchar)`,
  },
];

/** Types, normalises and checks the raw rows of a table. */
export function stageSteps({ config, file }: TableDefinition, snapshots: Snapshots): JobStep[] {
  return [
    ...expressionSteps(config.knownAt, file),
    {
      do: 'run',
      say: `cleaning ${config.name}`,
      sql: stageTableSql(config, snapshots[config.name] ?? ''),
    },
  ];
}

/** The whole cleaned table, with what was set aside in the quarantine; refused above its declared share. */
export function cleanSteps(table: TableDefinition, snapshots: Snapshots): JobStep[] {
  const { config } = table;
  return [
    ...stageSteps(table, snapshots),
    { do: 'run', sql: quarantineTableSql(config) },
    {
      do: 'rows',
      name: stagedRows(config.name),
      sql: `select count(*) as rows from ${relations.staged(config.name)}`,
    },
    {
      do: 'refuse',
      sql: `select ${quoteValue(config.name)} as "table", reason, count(*) as rows,
  (select count(*) from ${relations.staged(config.name)}) as "of"
from ${relations.quarantine} where "table" = ${quoteValue(config.name)}
  and (select count(*) from ${relations.quarantine} where "table" = ${quoteValue(config.name)})
    > ${quoteValue(config.maxQuarantinedShare)} * (select count(*) from ${relations.staged(config.name)})
group by reason order by rows desc, reason`,
      code: 'CONTRACT_BROKEN',
      message: `${table.file}: more rows are set aside than maxQuarantinedShare ${config.maxQuarantinedShare} allows`,
    },
    { do: 'run', sql: knownTableSql(config, null) },
    { do: 'run', sql: `drop table ${relations.staged(config.name)}` },
  ];
}

/** Name of the result with the number of a table's raw rows. */
export const stagedRows = (table: string) => `staged:${table}`;

function expressionSteps(knownAt: TableDefinition['config']['knownAt'], file: string): JobStep[] {
  const expressions = [
    ...(knownAt.row === undefined ? [] : [knownAt.row]),
    ...Object.values(knownAt.columns),
  ];
  return expressions.map((sql) => ({ do: 'expression', sql, file }));
}
