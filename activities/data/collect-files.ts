import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TableDefinition } from '../../domain/features/dataset-definition.js';
import type { DataDeps, DatasetRequest } from './deps.js';
import { repositoryFile } from './fingerprint-table.js';
import { objectSpec, sqlSpec } from './source-specs.js';

type Deps = Pick<DataDeps, 'git' | 'sources'>;
type Place = Pick<DatasetRequest, 'repo' | 'commit'>;

/** Files of one table on this machine, and how they are written. */
export interface TableFiles {
  readonly format: 'csv' | 'parquet';
  /** In CSV: `""` is an empty text and nothing is null, as databases write it. */
  readonly quotedNulls: boolean;
  readonly files: readonly string[];
}

/** Brings what a source holds to a fresh folder. Errors: `SOURCE_*`, `CONFIG_MISSING`. */
export async function collectFiles(
  deps: Deps,
  place: Place,
  table: TableDefinition,
  folder: string,
): Promise<TableFiles> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { source, config } = table;
  if (source.kind === 'postgres') {
    const file = join(folder, 'rows.csv');
    const { rows } = await deps.sources.sql(sqlSpec(source)).copyToCsv(table.query ?? '', file);
    if (rows === 0) throw empty(table, `the query ${config.query} gives no rows`);
    return { format: 'csv', quotedNulls: true, files: [file] };
  }
  const format = config.format ?? 'csv';
  const files =
    source.kind === 's3'
      ? await fetchObjects(deps, table, folder)
      : await checkOutFiles(deps, place, table, folder);
  return { format, quotedNulls: false, files };
}

async function fetchObjects(deps: Deps, table: TableDefinition, folder: string): Promise<string[]> {
  if (table.source.kind !== 's3') return [];
  const spec = objectSpec(table.source);
  const source = deps.sources.objects(spec);
  const objects = await source.list(table.config.path ?? '');
  if (objects.length === 0)
    throw empty(table, `there is no object ${table.config.path} in bucket ${spec.bucket}`);
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  if (bytes > spec.maxBytes)
    throw new RatchetError(
      'SOURCE_TOO_LARGE',
      `${table.file}: ${objects.length} objects have ${bytes} bytes together, allowed are ${spec.maxBytes}`,
      { table: table.config.name, bytes, allowed: spec.maxBytes },
    );
  const files: string[] = [];
  for (const [index, { key }] of objects.entries()) {
    const file = join(
      folder,
      `${String(index).padStart(5, '0')}-${basename(key).replaceAll(/[^A-Za-z0-9._-]/g, '_')}`,
    );
    await source.fetch(key, file);
    files.push(file);
  }
  return files;
}

async function checkOutFiles(
  deps: Deps,
  place: Place,
  table: TableDefinition,
  folder: string,
): Promise<string[]> {
  if (table.source.kind !== 'repository') return [];
  const path = table.config.path ?? '';
  const inRepository = repositoryFile(table.source.path, path);
  const tree = join(folder, 'tree');
  await deps.git.checkOut(place.repo, place.commit, repositoryFile(table.source.path, ''), tree);
  if (!path.endsWith('/')) return [join(tree, path)];
  const entries = await readdir(join(tree, path), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw empty(table, `there is no file in ${inRepository}`);
  return files.sort();
}

function empty(table: TableDefinition, text: string): RatchetError {
  return new RatchetError('SOURCE_EMPTY', `${table.file}: ${text}`, { table: table.config.name });
}
