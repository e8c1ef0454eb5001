import type { DuckDBConnection } from '@duckdb/node-api';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { quoteText } from '../../../domain/features/quote.js';
import { breachOf, expressionBreachOf, type SelectRules } from '../../../domain/features/select-rules.js';
import { firstLine } from './sql-failure.js';

/** Functions that tell of the process and not of the data, beside those DuckDB itself calls unstable. */
const settings = [
  'current_setting',
  'getvariable',
  'current_database',
  'current_catalog',
  'version',
  'getenv',
];

/** Names of functions whose answer depends on the clock, randomness or settings. */
export async function unstableFunctions(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const result = await connection.runAndReadAll(
    `select distinct lower(function_name) from duckdb_functions() where stability in ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')`,
  );
  const clock = ['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'];
  return new Set([...result.getRows().map(([name]) => String(name)), ...clock, ...settings]);
}

/** Refuses, with `DATASET_SQL`, text that is not one SELECT within the rules. */
export async function checkSelect(
  connection: DuckDBConnection,
  { sql, file }: { readonly sql: string; readonly file: string },
  rules: SelectRules,
): Promise<void> {
  const breach = breachOf(await parse(connection, sql, file), rules);
  if (breach !== undefined) throw new RatchetError('DATASET_SQL', `${file}: ${breach}`, { file });
}

/** Refuses, with `DATASET_SQL`, text that is not one expression over a row. */
export async function checkExpression(
  connection: DuckDBConnection,
  { sql, file }: { readonly sql: string; readonly file: string },
  rules: Pick<SelectRules, 'unstable'>,
): Promise<void> {
  const breach = expressionBreachOf(await parse(connection, `select (\n${sql}\n)`, file), rules);
  if (breach !== undefined) throw new RatchetError('DATASET_SQL', `${file}: ${breach}: ${sql}`, { file });
}

interface Refused {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly position?: string;
}

async function parse(connection: DuckDBConnection, sql: string, file: string): Promise<unknown> {
  if (sql.includes('\0')) throw new RatchetError('DATASET_SQL', `${file}: has a NUL character`, { file });
  const result = await connection.runAndReadAll(`select json_serialize_sql(${quoteText(sql)})`);
  const parsed = JSON.parse(String(result.getRows()[0]?.[0])) as Refused;
  if (!parsed.error) return parsed;
  if (parsed.error_type === 'not implemented')
    throw new RatchetError('DATASET_SQL', `${file}: only a SELECT is allowed here`, { file });
  const line = sql.slice(0, Number(parsed.position ?? 0)).split('\n').length;
  const said = firstLine(parsed.error_message ?? 'it cannot be parsed');
  throw new RatchetError('DATASET_SQL', `${file}: line ${line}: ${said}`, { file, line });
}
