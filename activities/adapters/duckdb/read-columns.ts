import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import type { ColumnType } from '../../../domain/config/fields.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { columnTypeOf } from '../../../domain/features/column-shape.js';
import { quoteIdentifier, quoteText } from '../../../domain/features/quote.js';
import { withOwnDuckdb } from './own-duckdb.js';
import { describeRelation } from './shape-relation.js';

/**
 * A column in memory. Numbers and booleans (0, 1) are a `Float64Array` in which NaN stands for null; text, timestamps
 * (`2013-01-01T05:00:00Z`) and dates are text or null.
 */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly values: Float64Array | (string | null)[];
}

/**
 * Reads columns of a Parquet file that the platform wrote itself, in the order asked for; all columns where none are
 * named. Error: `DATA_TYPE` for a column that is not there or has no platform type.
 */
export type ReadColumns = (path: string, columns?: readonly string[]) => Promise<Column[]>;

export const readColumns: ReadColumns = (path, columns) =>
  withOwnDuckdb(async (connection) => {
    await connection.run(`set TimeZone = 'UTC'`);
    return await columnsOf(connection, path, columns);
  });

/** The same over an open connection. */
export async function columnsOf(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[] | undefined,
): Promise<Column[]> {
  const relation = `read_parquet(${quoteText(path)})`;
  const described = await describeRelation(connection, `select * from ${relation}`);
  const wanted = (names ?? described.map(({ name }) => name)).map((name) => {
    const found = described.find((column) => column.name === name);
    const type = found && columnTypeOf(found.duckdbType);
    if (type !== undefined) return { name, type };
    const has = described.map((column) => `${column.name} ${column.duckdbType}`).join(', ');
    throw new RatchetError('DATA_TYPE', `the file has no column ${name} that can be read; it has ${has}`, {
      column: name,
    });
  });
  if (wanted.length === 0) return [];
  const rows = Number((await connection.runAndReadAll(`select count(*) from ${relation}`)).getRows()[0]?.[0]);
  const empty = wanted.map((column) => ({
    ...column,
    values: isNumeric(column.type) ? new Float64Array(rows) : new Array<string | null>(rows),
  }));
  await fill(await connection.stream(`select ${wanted.map(readSql).join(', ')} from ${relation}`), empty);
  return empty;
}

export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'double' || type === 'boolean';
}

function readSql({ name, type }: { readonly name: string; readonly type: ColumnType }): string {
  const column = quoteIdentifier(name);
  if (isNumeric(type)) return `coalesce(cast(${column} as double), cast('nan' as double))`;
  if (type === 'timestamp') return `replace(cast(cast(${column} as timestamp) as varchar), ' ', 'T') || 'Z'`;
  return `cast(${column} as varchar)`;
}

async function fill(result: DuckDBResult, columns: readonly Column[]): Promise<void> {
  let offset = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    columns.forEach(({ values }, index) => {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < chunk.rowCount; row += 1) {
        const item = vector.getItem(row);
        if (values instanceof Float64Array) values[offset + row] = Number(item);
        else values[offset + row] = item === null ? null : String(item);
      }
    });
    offset += chunk.rowCount;
  }
}
