import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { familyOf } from '../../domain/supply/versions/version-order.js';
import { readZip } from './read-zip.js';

/** Where the advisories of one ecosystem are. */
export interface EcosystemFiles {
  readonly ecosystem: string;
  /** A zip archive, or a folder of JSON files. */
  readonly kind: 'zip' | 'folder';
  readonly path: string;
}

/**
 * Looks for the advisories of an ecosystem as osv-scanner keeps them: `<ecosystem>/all.zip`, or unpacked, in the folder
 * itself or in `osv-scanner/` of it; the release is tried before the family. Undefined where there are none.
 */
export async function findEcosystem(
  database: string,
  ecosystem: string,
): Promise<EcosystemFiles | undefined> {
  for (const root of [database, join(database, 'osv-scanner')])
    for (const name of new Set([ecosystem, familyOf(ecosystem)])) {
      const folder = join(root, name);
      const archive = join(folder, 'all.zip');
      if ((await stat(archive).catch(() => undefined))?.isFile())
        return { ecosystem, kind: 'zip', path: archive };
      const names = await readdir(folder).catch(() => [] as string[]);
      if (names.some((file) => file.endsWith('.json'))) return { ecosystem, kind: 'folder', path: folder };
    }
  return undefined;
}

/** The texts of the advisories, each with the name of its file. Error: `REPORT_INVALID` for a broken archive. */
export async function* advisoryTexts({
  kind,
  path,
}: EcosystemFiles): AsyncGenerator<readonly [string, string]> {
  if (kind === 'folder') {
    for (const name of (await readdir(path)).filter((file) => file.endsWith('.json')).sort())
      yield [name, await readFile(join(path, name), 'utf8')];
    return;
  }
  const handle: FileHandle = await open(path);
  try {
    for await (const { name, content } of readZip(handle))
      if (name.endsWith('.json')) yield [name, content.toString('utf8')];
  } finally {
    await handle.close();
  }
}
