import type { ShapedColumn } from './column-shape.js';
import { quoteIdentifier } from './quote.js';

/**
 * The canonical text of a row, the same in every format, order and thread count. Values are joined by `|`:
 * null is `~`; text is its length in bytes, `:` and itself; a whole number its digits; a double the shortest decimal
 * that reads back as the same double, without a negative zero; a boolean `true` or `false`; a timestamp its
 * microseconds since 1970 UTC; a date its days.
 */
export function rowTextSql(columns: readonly ShapedColumn[]): string {
  return `concat_ws('|', ${columns.map(valueTextSql).join(', ')})`;
}

function valueTextSql({ name, type }: ShapedColumn): string {
  const column = quoteIdentifier(name);
  return `coalesce(${textSql(column, type)}, '~')`;
}

function textSql(column: string, type: ShapedColumn['type']): string {
  if (type === 'string') return `strlen(${column}) || ':' || ${column}`;
  if (type === 'double') return `cast(${column} + 0.0 as varchar)`;
  if (type === 'timestamp') return `cast(epoch_us(${column}) as varchar)`;
  if (type === 'date') return `cast(${column} - date '1970-01-01' as varchar)`;
  return `cast(${column} as varchar)`;
}

/**
 * One row: how many rows there are and their digest. Each row's text is hashed with sha256; the hashes are sorted and
 * joined, first inside each group of equal first two hex digits, then the groups' own sha256. So the digest is that of
 * the rows as a bag, whatever their order.
 */
export function rowsDigestSql(columns: readonly ShapedColumn[], relation: string): string {
  return `with hashed as (select sha256(${rowTextSql(columns)}) as h from ${relation}),
grouped as (select left(h, 2) as g, count(*) as n, sha256(string_agg(h, '' order by h)) as d from hashed group by g)
select cast(coalesce(sum(n), 0) as bigint) as rows, sha256(coalesce(string_agg(d, '' order by g), '')) as digest from grouped`;
}

/**
 * One row: the digest of rows in the order of a column of whole numbers from 0. Cheaper than `rowsDigestSql`, for rows
 * that have an order: the texts are joined, 65,536 at a time, and hashed.
 */
export function orderedDigestSql(
  columns: readonly ShapedColumn[],
  relation: string,
  position: string,
): string {
  const at = quoteIdentifier(position);
  return `with parts as (
  select ${at} // 65536 as part, sha256(string_agg(${rowTextSql(columns)}, chr(10) order by ${at})) as d from ${relation} group by part)
select sha256(coalesce(string_agg(d, '' order by part), '')) as digest from parts`;
}

/** What stands beside the rows in the digest of a dataset: names, types and order of its columns. */
export function digestSubject(
  columns: readonly ShapedColumn[],
  rows: { readonly rows: number; readonly digest: string },
): unknown {
  return {
    format: 'ratchet-rows-1',
    columns: columns.map(({ name, type }) => [name, type]),
    rows: rows.rows,
    digest: rows.digest,
  };
}
