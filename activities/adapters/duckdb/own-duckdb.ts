import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Opening one takes as long as reading a small file. It holds nothing between uses: what is read is not kept. */
let opened: Promise<DuckDBInstance> | undefined;

function openOnce(): Promise<DuckDBInstance> {
  opened ??= DuckDBInstance.create(':memory:', { threads: '2', enable_external_file_cache: 'false' }).catch(
    (error: unknown) => {
      opened = undefined;
      throw error;
    },
  );
  return opened;
}

/** Lends a connection to this process's own DuckDB, for files that the platform wrote itself. */
export async function withOwnDuckdb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const connection = await (await openOnce()).connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}
