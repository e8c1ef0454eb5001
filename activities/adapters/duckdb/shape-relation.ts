import type { DuckDBConnection } from '@duckdb/node-api';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { columnTypeOf, type ShapedColumn, shapedSql } from '../../../domain/features/column-shape.js';
import { quoteIdentifier } from '../../../domain/features/quote.js';
import type { ColumnNeed } from '../../../domain/features/view-needs.js';
import type { JobStep } from './job.js';

type ShapeStep = Extract<JobStep, { do: 'shape' }>;
interface Described {
  readonly name: string;
  readonly duckdbType: string;
}

/** Columns and DuckDB types of a relation. */
export async function describeRelation(connection: DuckDBConnection, relation: string): Promise<Described[]> {
  const result = await connection.runAndReadAll(
    `select column_name, column_type from (describe ${relation})`,
  );
  return result.getRows().map(([name, type]) => ({ name: String(name), duckdbType: String(type) }));
}

/** The columns of a relation that has the types of the platform already. */
export async function shapedColumns(connection: DuckDBConnection, relation: string): Promise<ShapedColumn[]> {
  const described = await describeRelation(connection, relation);
  return described.map(({ name, duckdbType }) => ({ name, type: columnTypeOf(duckdbType) ?? 'string' }));
}

/** Makes the relation of the step. Errors: `DATASET_SQL` for a column that is not there, `DATA_TYPE` for one of another type. */
export async function shapeRelation(connection: DuckDBConnection, step: ShapeStep): Promise<ShapedColumn[]> {
  const described = await describeRelation(connection, step.from);
  const columns = described.map((column) => ({ ...column, type: typeOf(column, step.file) }));
  for (const need of step.needs) await checkNeed(connection, need, columns, step.file);
  const list = columns.map(
    (column) => `${shapedSql(column, column.duckdbType)} as ${quoteIdentifier(column.name)}`,
  );
  await connection.run(
    `create or replace ${step.as} ${step.to} as select ${list.join(', ')} from ${step.from} ${step.where ?? ''}`,
  );
  return columns.map(({ name, type }) => ({ name, type }));
}

function typeOf({ name, duckdbType }: Described, file: string): ShapedColumn['type'] {
  const type = columnTypeOf(duckdbType);
  if (type !== undefined) return type;
  throw new RatchetError(
    'DATA_TYPE',
    `${file}: column ${name} is of type ${duckdbType}; allowed are text, whole numbers, doubles and decimals, booleans, timestamps and dates`,
    { file, column: name, type: duckdbType },
  );
}

async function checkNeed(
  connection: DuckDBConnection,
  need: ColumnNeed,
  columns: readonly ShapedColumn[],
  file: string,
): Promise<void> {
  const column = columns.find(({ name }) => name.toLowerCase() === need.column.toLowerCase());
  if (column === undefined) {
    const names = columns.map(({ name }) => name).join(', ');
    throw new RatchetError(
      'DATASET_SQL',
      `${file}: gives no column ${need.column} (${need.use}); it gives ${names}`,
      {
        file,
        column: need.column,
      },
    );
  }
  const wrong = (allowed: string) =>
    new RatchetError(
      'DATA_TYPE',
      `${file}: column ${need.column} (${need.use}) is of type ${column.type}; allowed is ${allowed}`,
      { file, column: need.column, type: column.type },
    );
  if (need.types && !need.types.includes(column.type)) throw wrong(need.types.join(' or '));
  const twin = need.sameTypeAs;
  if (!twin) return;
  const others = await shapedColumns(connection, twin.relation);
  const other = others.find(({ name }) => name.toLowerCase() === twin.column.toLowerCase());
  if (other === undefined)
    throw new RatchetError(
      'DATASET_SQL',
      `${file}: the examples have no column ${twin.column} (${need.use})`,
      {
        file,
        column: twin.column,
      },
    );
  if (other.type !== column.type) throw wrong(`${other.type}, as in the examples`);
}
