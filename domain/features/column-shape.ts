import type { ColumnType } from '../config/fields.js';
import { quoteIdentifier } from './quote.js';

/** A column with a type of the platform. */
export interface ShapedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** The one SQL type behind each type of the platform. Timestamps are UTC without a zone, to the microsecond. */
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  string: 'varchar',
  integer: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
};

const types: Readonly<Record<string, ColumnType>> = {
  VARCHAR: 'string',
  UUID: 'string',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  FLOAT: 'double',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
};

/** The type of the platform for a type of DuckDB. Undefined for what no column may have: lists, structs, blobs, times. */
export function columnTypeOf(duckdbType: string): ColumnType | undefined {
  if (duckdbType.endsWith(']')) return undefined;
  if (duckdbType.startsWith('DECIMAL(')) return 'double';
  if (duckdbType.startsWith('ENUM(')) return 'string';
  return types[duckdbType];
}

/** The column cast to its SQL type. NaN is how files write a missing number: it becomes null. */
export function shapedSql(column: ShapedColumn, duckdbType: string): string {
  const name = quoteIdentifier(column.name);
  const cast = `cast(${name} as ${sqlTypes[column.type]})`;
  if (duckdbType === 'DOUBLE' || duckdbType === 'FLOAT')
    return `case when not isnan(${name}) then ${cast} end`;
  return cast;
}
