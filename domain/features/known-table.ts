import type { TableConfig } from '../config/table.js';
import { stagedColumns } from './clean-table.js';
import { quoteIdentifier, quoteIdentifiers, quoteValue } from './quote.js';
import { relations } from './relations.js';

/**
 * A cleaned table as it was known at an instant (a SQL expression of type timestamp), or as it is known at the end
 * (null). A row counts from the instant its `knownAt.row` names, a value from that of `knownAt.columns`; where the
 * expression is null, the row or value never came to be known. Duplicates are removed from what was known.
 */
export function knownTableSql(table: TableConfig, at: string | null): string {
  const create = `create or replace table ${relations.table(table.name)} as`;
  if (!table.clean.duplicates) return `${create} ${knownRowsSql(table, at)}`;
  const columns = quoteIdentifiers(Object.keys(table.columns));
  return `${create} with ${twinsSql(table, at)}
select ${columns} from rows anti join twins on ${sameKey(table)}
union all
select ${columns} from rows semi join twins on ${sameKey(table)} qualify ${rankSql(table)} = 1`;
}

/** The reasons and values of rows that cleaning sets aside, to be added to the quarantine. */
export function quarantineTableSql(table: TableConfig): string {
  const name = quoteValue(table.name);
  const broken = `select ${name}, ${stagedColumns.rowKey}, ${stagedColumns.reason}, ${stagedColumns.value}
from ${relations.staged(table.name)} where ${stagedColumns.reason} is not null`;
  if (!table.clean.duplicates) return `insert into ${relations.quarantine} ${broken}`;
  return `insert into ${relations.quarantine}
with ${twinsSql(table, null)}
${broken}
union all
select ${name}, ${stagedColumns.rowKey}, 'duplicate', null
from rows semi join twins on ${sameKey(table)} qualify ${rankSql(table)} > 1`;
}

/** `rows`: what was known; `twins`: the keys that several of them have. A key with a null in it names nothing. */
function twinsSql(table: TableConfig, at: string | null): string {
  const key = quoteIdentifiers(table.clean.duplicates?.key ?? []);
  return `rows as (${knownRowsSql(table, at, [stagedColumns.rowKey])}),
twins as (select ${key} from rows group by ${key} having count(*) > 1)`;
}

function sameKey(table: TableConfig): string {
  const key = table.clean.duplicates?.key ?? [];
  return key.map((name) => `rows.${quoteIdentifier(name)} = twins.${quoteIdentifier(name)}`).join(' and ');
}

/** Whether cutting changes the table at all. */
export function hasKnowledge(table: TableConfig): boolean {
  return table.knownAt.row !== undefined || Object.keys(table.knownAt.columns).length > 0;
}

function knownRowsSql(table: TableConfig, at: string | null, more: readonly string[] = []): string {
  const columns = Object.keys(table.columns).map((name) => {
    const known = table.knownAt.columns[name];
    if (at === null || known === undefined) return quoteIdentifier(name);
    return `case when ${instantSql(known)} <= ${at} then ${quoteIdentifier(name)} end as ${quoteIdentifier(name)}`;
  });
  const row = table.knownAt.row;
  const cut = at === null || row === undefined ? '' : ` and ${instantSql(row)} <= ${at}`;
  return `select ${[...columns, ...more].join(', ')} from ${relations.staged(table.name)}
where ${stagedColumns.reason} is null${cut}`;
}

/** An expression from a repository, on lines of its own so that a comment at its end stays its own. */
function instantSql(expression: string): string {
  return `cast((\n${expression}\n) as timestamp)`;
}

function rankSql(table: TableConfig): string {
  const { key = [], keep = 'last', orderBy = [] } = table.clean.duplicates ?? {};
  const direction = keep === 'last' ? 'desc nulls last' : 'asc nulls last';
  const order = [...orderBy, ...Object.keys(table.columns)].map(
    (name) => `${quoteIdentifier(name)} ${direction}`,
  );
  return `row_number() over (partition by ${quoteIdentifiers(key)} order by ${order.join(', ')})`;
}
