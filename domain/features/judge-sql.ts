import type { DatasetConfig } from '../config/dataset.js';
import { type ShapedColumn, sqlTypes } from './column-shape.js';
import { contractReasonSql, contractValueSql } from './contract-sql.js';
import { exampleKeySql } from './examples-sql.js';
import { quoteIdentifier, quoteIdentifiers, quoteValue } from './quote.js';
import { positionColumn, relations } from './relations.js';
import { splitSql } from './split-sql.js';

/** What becomes of an example. `kept` rows are the dataset, `broken` ones go to the quarantine, the others are left out. */
export const exampleStates = ['unlabelled', 'label not known', 'in no split', 'broken', 'kept'] as const;
export type ExampleState = (typeof exampleStates)[number];

/** Columns that judging adds. */
export const judgedColumns = {
  split: '__split',
  state: '__state',
  reason: '__reason',
  value: '__value',
} as const;

/** Numbers the examples by their split and, where they are left out, why. Looks at no feature. */
export function sortSql(dataset: DatasetConfig): string {
  const { split, state } = judgedColumns;
  return `create or replace table ${relations.sorted} as
select ${positionColumn}, ${split}, case ${stateCases(dataset)} when ${split} is null then 'in no split' end as ${state}
from (select *, ${splitSql(dataset.split, dataset.key, labelledSql(dataset))} as ${split} from ${relations.examples})`;
}

/** Examples that are in a split, with the features of all views and what breaks the contract. Left joins: each keeps its row. */
export function judgeSql(
  dataset: DatasetConfig,
  columns: readonly ShapedColumn[],
  views: readonly string[],
): string {
  const joins = views.map((view) => `left join ${relations.vectors(view)} using (${positionColumn})`);
  const cast = columns.map(
    ({ name, type }) => `cast(${quoteIdentifier(name)} as ${sqlTypes[type]}) as ${quoteIdentifier(name)}`,
  );
  const { split, state, reason, value } = judgedColumns;
  return `create or replace table ${relations.judged} as
select *, case when ${reason} is null then 'kept' else 'broken' end as ${state} from (
  select *, ${contractReasonSql(dataset.contract, columns)} as ${reason},
    ${contractValueSql(dataset.contract, columns)} as ${value}
  from (select ${positionColumn}, ${split}, ${cast.join(', ')}
    from (from ${relations.sorted} where ${state} is null) join ${relations.examples} using (${positionColumn})
    ${joins.join(' ')})
)`;
}

/** Rows by state, of all examples. */
export function statesSql(): string {
  const { state } = judgedColumns;
  return `select ${state} as state, count(*) as rows from (
  select ${state} from ${relations.sorted} where ${state} is not null
  union all select ${state} from ${relations.judged}) group by all`;
}

/** Condition of the rows whose label is known. */
function labelledSql(dataset: DatasetConfig): string {
  const cases = stateCases(dataset);
  return cases === '' ? 'true' : `(case ${cases} end) is null`;
}

function stateCases({ label, labelKnownAt, knownUntil }: DatasetConfig): string {
  const cases: string[] = [];
  if (label !== undefined) cases.push(`when ${quoteIdentifier(label)} is null then 'unlabelled'`);
  if (labelKnownAt !== undefined && knownUntil !== undefined) {
    const until = `(cast(${quoteValue(knownUntil)} as timestamptz) at time zone 'UTC')`;
    cases.push(
      `when not coalesce(${quoteIdentifier(labelKnownAt)} <= ${until}, false) then 'label not known'`,
    );
  }
  return cases.join(' ');
}

/** The rows of the dataset, with their split and position. */
export function datasetViewSql(columns: readonly ShapedColumn[]): string {
  const names = quoteIdentifiers(columns.map(({ name }) => name));
  return `create or replace view ${relations.dataset} as
select ${judgedColumns.split}, ${positionColumn}, ${names} from ${relations.judged} where ${judgedColumns.state} = 'kept'`;
}

/** Adds the rows that break the contract to the quarantine. */
export function quarantineJudgedSql(dataset: Pick<DatasetConfig, 'key'>): string {
  const { state, reason, value } = judgedColumns;
  return `insert into ${relations.quarantine}
select 'examples', ${exampleKeySql(dataset.key)}, ${reason}, ${value} from ${relations.judged} where ${state} = 'broken'`;
}

/** One row: for each column of training data, whether it has a single value (or none). */
export function constantsSql(columns: readonly ShapedColumn[]): string {
  const parts = columns.map(
    ({ name }, index) =>
      `coalesce(max(${quoteIdentifier(name)}) is not distinct from min(${quoteIdentifier(name)})
        and count(${quoteIdentifier(name)}) in (0, count(*)), true) as c${index}`,
  );
  return `select ${parts.join(', ')} from ${relations.dataset} where ${judgedColumns.split} = 'train'`;
}
