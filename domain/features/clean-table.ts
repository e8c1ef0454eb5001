import type { ColumnType } from '../config/fields.js';
import type { TableConfig } from '../config/table.js';
import { sqlTypes } from './column-shape.js';
import { quoteIdentifier, quoteValue } from './quote.js';
import { relations } from './relations.js';

/** Columns that staging adds: the text that names a row, why it is set aside, and the value that is the cause. */
export const stagedColumns = { rowKey: '__key', reason: '__reason', value: '__value' } as const;

type Range = TableConfig['clean']['ranges'][string];

/**
 * Types, normalises and checks the ranges of a table's raw rows, which are all text. A row that breaks a rule keeps its
 * place with the first reason; nothing is dropped here.
 */
export function stageTableSql(table: TableConfig, snapshot: string): string {
  const columns = Object.entries(table.columns);
  const typed = columns.map(
    ([name, type]) => `${typedSql(name, type, table.clean.normalise[name])} as ${quoteIdentifier(name)}`,
  );
  const raw = columns.map(([name]) => `${quoteIdentifier(name)} as ${rawName(name)}`);
  const kept = columns.map(
    ([name]) => `${rangedSql(name, table.clean.ranges[name])} as ${quoteIdentifier(name)}`,
  );
  const breaches = columns.flatMap(([name, type]) => breachesOf(name, type, table.clean.ranges[name]));
  return `create or replace table ${relations.staged(table.name)} as
select ${kept.join(',\n  ')},
  ${rowKeySql(table.rowKey)} as ${stagedColumns.rowKey},
  ${firstOf(breaches.map(({ when, reason }) => ({ when, give: quoteValue(reason) })))} as ${stagedColumns.reason},
  ${firstOf(breaches.map(({ when, name }) => ({ when, give: rawName(name) })))} as ${stagedColumns.value}
from (select ${[...typed, ...raw].join(', ')} from read_parquet(${quoteValue(snapshot)}))`;
}

const rawName = (name: string) => quoteIdentifier(`__raw_${name}`);

function firstOf(cases: readonly { when: string; give: string }[]): string {
  if (cases.length === 0) return 'cast(null as varchar)';
  return `case ${cases.map(({ when, give }) => `when ${when} then ${give}`).join(' ')} end`;
}

function rowKeySql(rowKey: readonly string[]): string {
  return `concat_ws('/', ${rowKey.map((name) => `coalesce(${rawName(name)}, 'null')`).join(', ')})`;
}

const textCases = { trim: '', upper: 'upper', lower: 'lower' } as const;

function typedSql(name: string, type: ColumnType, normalise: 'trim' | 'upper' | 'lower' | undefined): string {
  const raw = quoteIdentifier(name);
  if (type === 'string') return normalise ? `nullif(${textCases[normalise]}(trim(${raw})), '')` : raw;
  const text = `nullif(trim(${raw}), '')`;
  const cast = `try_cast(${text} as ${sqlTypes[type]})`;
  if (type === 'integer') return `case when ${cast} = try_cast(${text} as double) then ${cast} end`;
  if (type === 'double') return `case when isfinite(${cast}) then ${cast} end`;
  if (type === 'date') return `case when isfinite(${cast}) then ${cast} end`;
  if (type === 'timestamp') {
    const instant = `try_cast(${text} as timestamptz)`;
    return `case when isfinite(${instant}) then ${instant} at time zone 'UTC' end`;
  }
  return cast;
}

function rangedSql(name: string, range: Range | undefined): string {
  const column = quoteIdentifier(name);
  if (range?.outside !== 'null') return column;
  return `case when not coalesce(${outsideSql(column, range)}, false) then ${column} end`;
}

function breachesOf(name: string, type: ColumnType, range: Range | undefined) {
  const column = quoteIdentifier(name);
  const breaches: { name: string; when: string; reason: string }[] = [];
  if (type !== 'string') {
    const missing =
      type === 'double' ? ` and not coalesce(isnan(try_cast(${rawName(name)} as double)), false)` : '';
    breaches.push({
      name,
      when: `${column} is null and trim(${rawName(name)}) <> ''${missing}`,
      reason: `${name}: not of type ${type}`,
    });
  }
  if (range?.outside === 'quarantine')
    breaches.push({ name, when: outsideSql(column, range), reason: `${name}: outside ${rangeText(range)}` });
  return breaches;
}

function outsideSql(column: string, range: Range): string {
  const parts: string[] = [];
  if (range.min !== undefined) parts.push(`${column} < ${quoteValue(range.min)}`);
  if (range.max !== undefined) parts.push(`${column} > ${quoteValue(range.max)}`);
  return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`;
}

function rangeText(range: Range): string {
  return `${range.min ?? '-infinity'} to ${range.max ?? 'infinity'}`;
}
