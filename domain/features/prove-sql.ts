import type { DatasetConfig } from '../config/dataset.js';
import type { ShapedColumn } from './column-shape.js';
import { exampleKeySql } from './examples-sql.js';
import { quoteIdentifier, quoteIdentifiers, quoteText } from './quote.js';
import { positionColumn, relations } from './relations.js';

type Keyed = Pick<DatasetConfig, 'key'> & { readonly predictAt: string };

/** Doubles that were added in another order may differ by this much of the larger one, or of 1. */
export const relativeTolerance = 1e-9;

/** The stored rows of all splits, with their position. */
export function storedRowsSql(
  { key, predictAt }: Pick<DatasetConfig, 'key' | 'predictAt'>,
  files: readonly string[],
): string {
  const order = predictAt === undefined ? key : [predictAt, ...key];
  return `create or replace table ${relations.stored} as
select row_number() over () - 1 as ${positionColumn}, *
from (select * from read_parquet([${files.map(quoteText).join(', ')}]) order by ${quoteIdentifiers(order)})`;
}

/** The instants at which the dataset is built again: quantiles of the prediction times, so that each has rows before it. */
export function cutsSql(predictAt: string, cuts: number): string {
  const shares = Array.from({ length: cuts }, (_, index) => (index + 1) / (cuts + 1));
  const at = shares.map(
    (share, index) =>
      `select ${index} as cut, quantile_disc(${quoteIdentifier(predictAt)}, ${share}) as instant from ${relations.stored}`,
  );
  return `create or replace table ${relations.cuts} as ${at.join(' union all ')}`;
}

/** The instant of a cut, as an expression. */
export const cutSql = (cut: number) => `(select instant from ${relations.cuts} where cut = ${cut})`;

/** The last rows at or before a cut. */
export function rowsBeforeCutSql({ predictAt }: Keyed, cut: number, rows: number): string {
  return `create or replace table ${relations.compared} as
select * from ${relations.stored} where ${quoteIdentifier(predictAt)} <= ${cutSql(cut)} order by ${positionColumn} desc limit ${rows}`;
}

/** Rows from all over the dataset, the same each time: those whose keys have the smallest hashes. */
export function sampledRowsSql({ key }: Pick<DatasetConfig, 'key'>, rows: number): string {
  return `create or replace table ${relations.compared} as
select * from ${relations.stored} order by sha256(${exampleKeySql(key)}), ${positionColumn} limit ${rows}`;
}

/** Condition that leaves the rows to compare. */
export function comparedOnlySql({ key }: Pick<DatasetConfig, 'key'>): string {
  return `where (${quoteIdentifiers(key)}) in (select (${quoteIdentifiers(key)}) from ${relations.compared})`;
}

/** The rebuilt examples at the positions of the stored ones. A key that came back twice did not come back as it was. */
export function rebuiltExamplesSql({ key }: Pick<DatasetConfig, 'key'>): string {
  return `create or replace table ${relations.examples} as
select c.${positionColumn}, e.* from ${relations.compared} c join ${relations.shapedExamples} e using (${quoteIdentifiers(key)})
qualify count(*) over (partition by c.${positionColumn}) = 1`;
}

/** The rebuilt examples with their features. */
export function rebuiltRowsSql(columns: readonly ShapedColumn[], views: readonly string[]): string {
  const joins = views.map((view) => `left join ${relations.vectors(view)} using (${positionColumn})`);
  return `create or replace table ${relations.rebuilt} as
select ${positionColumn}, ${quoteIdentifiers(columns.map(({ name }) => name))} from ${relations.examples} ${joins.join(' ')}`;
}

/** Where the findings of all comparisons are collected. */
export function openFindingsSql(): string {
  return `create or replace table ${relations.findings} (comparison varchar, "column" varchar, rows bigint, "of" bigint,
  row_key varchar, stored varchar, rebuilt varchar)`;
}

/**
 * Adds a finding for each column in which stored and rebuilt rows differ: in how many rows, and the last of them. A row
 * that did not come back is a finding of the column `(row)`.
 */
export function compareSql(
  comparison: string,
  key: readonly string[],
  columns: readonly ShapedColumn[],
  rebuilt: string,
): string {
  const missing = findingSql(comparison, key, rebuilt, {
    column: '(row)',
    differs: `r.${positionColumn} is null`,
    stored: `'there'`,
    rebuilt: `'not there'`,
  });
  const others = columns.map(({ name, type }) => {
    const [a, b] = [`s.${quoteIdentifier(name)}`, `r.${quoteIdentifier(name)}`];
    return findingSql(comparison, key, rebuilt, {
      column: name,
      differs: `r.${positionColumn} is not null and ${differsSql(a, b, type)}`,
      stored: a,
      rebuilt: b,
    });
  });
  return `insert into ${relations.findings} ${[missing, ...others].join('\nunion all ')}`;
}

function differsSql(a: string, b: string, type: ShapedColumn['type']): string {
  if (type !== 'double' && type !== 'integer') return `${a} is distinct from ${b}`;
  return `case when ${a} is null or ${b} is null then ${a} is distinct from ${b}
    else abs(${a} - ${b}) > ${relativeTolerance} * greatest(1, abs(${a}), abs(${b})) end`;
}

interface Difference {
  readonly column: string;
  readonly differs: string;
  readonly stored: string;
  readonly rebuilt: string;
}

function findingSql(
  comparison: string,
  key: readonly string[],
  rebuilt: string,
  difference: Difference,
): string {
  const last = (value: string) => `arg_max(coalesce(cast(${value} as varchar), 'null'), s.${positionColumn})`;
  const keyText = `concat_ws('/', ${key.map((name) => `cast(s.${quoteIdentifier(name)} as varchar)`).join(', ')})`;
  return `select ${quoteText(comparison)}, ${quoteText(difference.column)}, count(*), (select count(*) from ${relations.compared}),
  ${last(keyText)}, ${last(difference.stored)}, ${last(difference.rebuilt)}
from ${relations.compared} s left join ${rebuilt} r on r.${positionColumn} = s.${positionColumn}
where ${difference.differs} having count(*) > 0`;
}
