import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TableDefinition } from '../../domain/features/dataset-definition.js';
import type { DataDeps, DatasetRequest } from './deps.js';
import { digestOf } from './digest.js';
import { objectSpec, sqlSpec } from './source-specs.js';

type FingerprintDeps = Pick<DataDeps, 'git' | 'sources'>;

/** What a table's source holds, as one short text: equal texts mean equal rows. Errors: `SOURCE_*`, `CONFIG_MISSING`. */
export async function fingerprintTable(
  deps: FingerprintDeps,
  request: Pick<DatasetRequest, 'repo' | 'commit'>,
  { file, config, source, query }: TableDefinition,
): Promise<string> {
  if (source.kind === 'postgres') {
    const { rows, digest } = await deps.sources.sql(sqlSpec(source)).fingerprint(query ?? '');
    return `rows:${rows}:${digest}`;
  }
  const path = config.path ?? '';
  if (source.kind === 's3') {
    const objects = await deps.sources.objects(objectSpec(source)).list(path);
    return `objects:${digestOf(objects.map(({ key, etag, bytes }) => [key, etag, bytes]))}`;
  }
  const inRepository = repositoryFile(source.path, path);
  const id = await deps.git.treeId(request.repo, request.commit, inRepository);
  if (id === undefined)
    throw new RatchetError('CONFIG_MISSING', `${file}: there is no ${inRepository} at this commit`, { file });
  return `git:${id}`;
}

/** Path of a source's file inside the repository. */
export function repositoryFile(folder: string, path: string): string {
  return [folder, path]
    .map((part) => part.replace(/^\.\/|\/$/g, ''))
    .filter(Boolean)
    .join('/');
}
