import type { DatasetConfig } from '../config/dataset.js';
import { quoteIdentifier, quoteIdentifiers, quoteValue } from './quote.js';
import { positionColumn, relations } from './relations.js';
import type { ColumnNeed } from './view-needs.js';

type Keyed = Pick<DatasetConfig, 'key' | 'predictAt'>;

/** What the configuration asks of the examples' columns. */
export function exampleNeeds(dataset: DatasetConfig): readonly ColumnNeed[] {
  const needs: ColumnNeed[] = dataset.key.map((column) => ({ column, use: 'a column of "key"' }));
  if (dataset.predictAt) needs.push({ column: dataset.predictAt, use: 'predictAt', types: ['timestamp'] });
  if (dataset.label) needs.push({ column: dataset.label, use: 'label' });
  if (dataset.labelKnownAt)
    needs.push({ column: dataset.labelKnownAt, use: 'labelKnownAt', types: ['timestamp'] });
  for (const column of dataset.outcomes) needs.push({ column, use: 'an outcome' });
  if (dataset.split.by !== 'hash')
    needs.push({ column: dataset.split.column, use: 'split.column', types: ['date', 'timestamp'] });
  return needs;
}

/**
 * Examples with the reason that sets one aside: no key, no prediction time, or a key that several rows have. Which of
 * those would be the right one nobody can say, so none of them stands.
 */
export function rankExamplesSql(dataset: Keyed): string {
  const needed = dataset.predictAt === undefined ? dataset.key : [...dataset.key, dataset.predictAt];
  const nulls = [...new Set(needed)].map(
    (name) => `when e.${quoteIdentifier(name)} is null then ${quoteValue(`${name}: null`)}`,
  );
  const key = quoteIdentifiers(dataset.key);
  const same = dataset.key
    .map((name) => `e.${quoteIdentifier(name)} = twins.${quoteIdentifier(name)}`)
    .join(' and ');
  return `create or replace table ${relations.rankedExamples} as
with twins as (select ${key}, true as __twin from ${relations.shapedExamples} group by ${key} having count(*) > 1)
select e.*, case ${nulls.join(' ')} when twins.__twin then 'key not unique' end as __reason
from ${relations.shapedExamples} e left join twins on ${same}`;
}

export function quarantineExamplesSql(dataset: Keyed): string {
  return `insert into ${relations.quarantine}
select 'examples', ${exampleKeySql(dataset.key)}, __reason, null from ${relations.rankedExamples} where __reason is not null`;
}

/** Examples that stand, numbered in the order of prediction time and key. */
export function numberExamplesSql(dataset: Keyed): string {
  const order = dataset.predictAt === undefined ? dataset.key : [dataset.predictAt, ...dataset.key];
  return `create or replace table ${relations.examples} as
select row_number() over () - 1 as ${positionColumn}, *
from (select * exclude (__reason) from ${relations.rankedExamples} where __reason is null order by ${quoteIdentifiers(order)})`;
}

/** The text that names an example in the quarantine and in error texts. */
export function exampleKeySql(key: readonly string[]): string {
  return `concat_ws('/', ${key.map((name) => `coalesce(cast(${quoteIdentifier(name)} as varchar), 'null')`).join(', ')})`;
}
