import type { DuckDBConnection } from '@duckdb/node-api';
import { catalogue, type ErrorCode } from '../../../domain/errors/catalogue.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { orderedDigestSql, rowsDigestSql } from '../../../domain/features/row-digest.js';
import { checkExpression, checkSelect, unstableFunctions } from './check-select.js';
import { writeColumnFile } from './column-file.js';
import type { JobResults, JobRow, JobStep } from './job.js';
import { columnsOf } from './read-columns.js';
import { shapedColumns, shapeRelation } from './shape-relation.js';
import { sqlFailure } from './sql-failure.js';
import { takeSnapshot } from './take-snapshot.js';

/** Runs the steps in order over a locked connection. `say` hears the steps' own words. */
export async function runSteps(
  connection: DuckDBConnection,
  steps: readonly JobStep[],
  say: (text: string) => void,
): Promise<JobResults> {
  const results: Record<string, readonly JobRow[]> = {};
  const unstable = await unstableFunctions(connection);
  for (const step of steps) {
    if (step.say !== undefined) say(step.say);
    const rows = await runStep(connection, step, unstable);
    if (rows !== undefined && 'name' in step) results[step.name] = rows;
  }
  return results;
}

async function runStep(
  connection: DuckDBConnection,
  step: JobStep,
  unstable: ReadonlySet<string>,
): Promise<readonly JobRow[] | undefined> {
  switch (step.do) {
    case 'run':
      await withFile(step.file, false, () => connection.run(step.sql));
      return undefined;
    case 'rows':
      return await rowsOf(connection, step.sql);
    case 'refuse':
      return await refuse(connection, step);
    case 'view': {
      await checkSelect(connection, step, {
        tables: new Set(step.tables.map((name) => name.toLowerCase())),
        unstable,
      });
      await withFile(step.file, true, () =>
        connection.run(`create or replace view ${step.view} as ${step.sql}`),
      );
      return undefined;
    }
    case 'expression':
      await checkExpression(connection, step, { unstable });
      return undefined;
    case 'shape': {
      const shaped = await withFile(step.file, false, () => shapeRelation(connection, step));
      return shaped.map(({ name, type }) => ({ name, type }));
    }
    case 'digest':
      return await digestOf(connection, step);
    case 'snapshot':
      return [{ rows: await takeSnapshot(connection, step) }];
    case 'columns':
      await writeColumnFile(step.to, await columnsOf(connection, step.from, step.columns));
      return undefined;
  }
}

async function withFile<T>(file: string | undefined, ownText: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw file === undefined ? error : sqlFailure(error, file, ownText);
  }
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<JobRow[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson() as JobRow[];
}

async function refuse(
  connection: DuckDBConnection,
  step: Extract<JobStep, { do: 'refuse' }>,
): Promise<undefined> {
  const rows = await rowsOf(connection, step.sql);
  if (rows.length === 0) return undefined;
  const shown = rows
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    )
    .join('; ');
  throw new RatchetError(codeOf(step.code), `${step.message}: ${shown}`, { rows });
}

function codeOf(code: string): ErrorCode {
  return code in catalogue ? (code as ErrorCode) : 'INTERNAL';
}

async function digestOf(
  connection: DuckDBConnection,
  step: Extract<JobStep, { do: 'digest' }>,
): Promise<JobRow[]> {
  const all = await shapedColumns(connection, step.relation);
  const columns = step.columns.flatMap((name) =>
    all.filter((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
  const { relation, by } = step;
  const sql = by === undefined ? rowsDigestSql(columns, relation) : orderedDigestSql(columns, relation, by);
  return await rowsOf(connection, sql);
}
