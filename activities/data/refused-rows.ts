import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { relations } from '../../domain/features/relations.js';
import { runDuckdbJob } from '../adapters/duckdb/index.js';
import { quarantineFileSql } from './assemble-dataset.js';
import type { DataDeps, WorkOptions } from './deps.js';

/** From this share of a table's rows on, a column has another type and is not merely dirty. */
const otherTypeShare = 0.9;

/**
 * What a build that set too many rows of a table aside should say: the rows are stored and named, and a column of which
 * hardly a value is of its type is a `DATA_TYPE`. Gives any other error back as it is.
 */
export async function tellRefusedRows(
  deps: Pick<DataDeps, 'blobs' | 'launcher'>,
  error: unknown,
  database: string,
  options: WorkOptions,
): Promise<unknown> {
  if (!(error instanceof RatchetError) || error.code !== 'CONTRACT_BROKEN') return error;
  const path = join(options.workDir, 'refused.parquet');
  const results = await runDuckdbJob(
    deps.launcher,
    {
      ...options.bounds,
      key: options.key,
      fence: options.fence,
      name: 'refused',
      folder: options.workDir,
      database,
      steps: [
        { do: 'run', sql: quarantineFileSql(path) },
        {
          do: 'rows',
          name: 'samples',
          sql: `select "table", row_key, reason, value from ${relations.quarantine} order by all limit 10`,
        },
      ],
    },
    options,
  );
  const quarantine = await deps.blobs.putFile(path);
  const details = { ...error.details, quarantine, samples: results['samples'] ?? [] };
  return new RatchetError(isOtherType(error) ? 'DATA_TYPE' : 'CONTRACT_BROKEN', error.message, details, {
    cause: error,
  });
}

function isOtherType({ details }: RatchetError): boolean {
  const rows = Array.isArray(details['rows']) ? (details['rows'] as Record<string, unknown>[]) : [];
  return rows.some(
    (row) =>
      String(row['reason']).includes(': not of type ') &&
      Number(row['rows']) >= otherTypeShare * Number(row['of']),
  );
}
