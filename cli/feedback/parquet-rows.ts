import type { Cells } from './told-row.js';

/** Rows of a Parquet file, some thousand at a time. `look` is told the names of the columns before the first. */
export async function* parquetRows(
  path: string,
  look: (names: readonly string[]) => void,
): AsyncGenerator<Cells> {
  // Who sends no such file does not wait for its library.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const result = await connection.stream(`select * from read_parquet('${path.replaceAll("'", "''")}')`);
    look(result.columnNames());
    for await (const rows of result.yieldRowObjectJs()) {
      for (const row of rows) {
        yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Whole numbers that a double does not hold are kept as texts. */
function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
