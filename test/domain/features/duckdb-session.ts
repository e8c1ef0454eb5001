import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';

export type SqlRow = Readonly<Record<string, unknown>>;

/** A DuckDB for the tests of one file, in UTC, with the inner schema. */
export interface DuckdbSession {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<SqlRow[]>;
  /** Names of the columns that a query gives. */
  names(sql: string): Promise<readonly string[]>;
}

export function duckdbSession(threads = 2): DuckdbSession {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
    connection = await instance.connect();
    await connection.run(`set TimeZone = 'UTC'; create schema ratchet`);
  });
  afterAll(() => instance.closeSync());
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as SqlRow[],
    names: async (sql) => (await connection.runAndReadAll(sql)).columnNames(),
  };
}
