import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ArchiveFile, isPlainName } from '../../../domain/archive/archive-file.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EnvironmentSpec } from '../../../domain/ports/environments.js';
import type { ApplicationDeps } from './application-work.js';

const mostBytes = 192 * 1024 ** 2;
const mostFiles = 40_000;

/**
 * The files of the packages that an application runs with, as the lock file says them; no script of any of them has run.
 * Errors: those of `Environments.prepare`; `APPLICATION_INVALID` where they are too many or too large.
 */
export async function productionPackages(
  { environments }: Pick<ApplicationDeps, 'environments'>,
  spec: Extract<EnvironmentSpec, { kind: 'node' }> | null,
  signal: AbortSignal,
): Promise<readonly ArchiveFile[]> {
  if (spec === null) return [];
  const { links = [] } = await environments.prepare({ ...spec, production: true }, { signal });
  const folder = links.find(({ from }) => from === 'node_modules')?.to;
  if (folder === undefined) throw new Error('an environment of Node has no packages');
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  // Links are the programs of packages, and the lock of npm tells of nothing that runs.
  const files = found.filter((entry) => entry.isFile() && entry.name !== '.package-lock.json');
  if (files.length > mostFiles) throw invalid(`${files.length} files, at most ${mostFiles} are allowed`);
  const read: ArchiveFile[] = [];
  let bytes = 0;
  for (const entry of files) {
    const path = join(entry.parentPath, entry.name);
    const name = `node_modules/${relative(folder, path).split(sep).join('/')}`;
    if (!isPlainName(name)) throw invalid(`a file with the name ${JSON.stringify(name.slice(0, 200))}`);
    const content = await readFile(path);
    bytes += content.length;
    if (bytes > mostBytes) throw invalid(`more than ${mostBytes} bytes`);
    read.push({ name, content });
  }
  return read;
}

const invalid = (what: string) =>
  new RatchetError('APPLICATION_INVALID', `the packages of the application have ${what}`);
