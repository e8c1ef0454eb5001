import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TableDefinition } from '../../domain/features/dataset-definition.js';
import { type JobStep, runDuckdbJob } from '../adapters/duckdb/index.js';
import { collectFiles, type TableFiles } from './collect-files.js';
import type { CollectedTable, DataDeps, DatasetRequest, WorkOptions } from './deps.js';
import { fingerprintTable } from './fingerprint-table.js';
import type { Fingerprints } from './keys.js';
import { loadDatasetDefinition } from './load-definition.js';

/** How often a source that changes while it is read is read again. */
const mostReads = 3;

type Deps = Pick<DataDeps, 'git' | 'projects' | 'sources' | 'blobs' | 'launcher'>;

/**
 * Brings every table from its source: a raw snapshot in the blob store, as one Parquet file of the declared columns,
 * all text. `fingerprints` are those of the plan; a source that moved on since is read as it is now, and a snapshot
 * always belongs to the fingerprint beside it. Errors: `SOURCE_*`, `DATA_TYPE`.
 */
export async function collectTables(
  deps: Deps,
  input: DatasetRequest & { readonly fingerprints: Fingerprints },
  options: WorkOptions,
): Promise<readonly CollectedTable[]> {
  const definition = await loadDatasetDefinition(deps, input);
  const folder = join(options.workDir, 'snapshots');
  await mkdir(folder, { recursive: true });
  const collected: { table: TableDefinition; fingerprint: string; files: TableFiles }[] = [];
  for (const table of definition.tables) {
    options.signal?.throwIfAborted();
    options.progress?.(`collecting ${table.config.name} from ${table.config.source}`);
    collected.push({ table, ...(await collectStable(deps, input, table, options.workDir)) });
  }
  const steps = collected.map(({ table, files }) => snapshotStep(table, files, folder));
  const results = await runDuckdbJob(
    deps.launcher,
    {
      key: options.key,
      fence: options.fence,
      name: 'snapshot',
      folder: options.workDir,
      ...options.bounds,
      steps,
    },
    options,
  );
  await rm(join(options.workDir, 'raw'), { recursive: true, force: true });
  return await Promise.all(
    collected.map(async ({ table, fingerprint }) => {
      const { name, source } = table.config;
      const rows = Number(results[name]?.[0]?.['rows']);
      if (rows === 0)
        throw new RatchetError('SOURCE_EMPTY', `${table.file}: the files have no rows`, { table: name });
      const snapshot = await deps.blobs.putFile(snapshotPath(folder, name));
      return { table: name, source, fingerprint, rows, snapshot };
    }),
  );
}

async function collectStable(
  deps: Deps,
  input: DatasetRequest & { readonly fingerprints: Fingerprints },
  table: TableDefinition,
  workDir: string,
): Promise<{ fingerprint: string; files: TableFiles }> {
  const { name } = table.config;
  let before = input.fingerprints[name];
  for (let read = 0; read < mostReads; read += 1) {
    const files = await collectFiles(deps, input, table, join(workDir, 'raw', name));
    const after = await fingerprintTable(deps, input, table);
    if (after === before) return { fingerprint: after, files };
    before = after;
  }
  throw new RatchetError(
    'SOURCE_UNSTABLE',
    `${table.file}: its source changed each of ${mostReads} times it was read`,
    {
      table: name,
    },
  );
}

function snapshotStep({ config }: TableDefinition, files: TableFiles, folder: string): JobStep {
  const { name, columns, nullText } = config;
  return {
    do: 'snapshot',
    say: `keeping the rows of ${name}`,
    name,
    table: { name, columns, nullText: files.quotedNulls ? '' : nullText },
    to: snapshotPath(folder, name),
    ...files,
  };
}

function snapshotPath(folder: string, table: string): string {
  return join(folder, `${table}.parquet`);
}
