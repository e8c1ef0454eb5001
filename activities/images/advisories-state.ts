import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * SHA-256 over the names, sizes and times of all files of a folder of advisories: another one says that there may be
 * something new in it. Null without a folder; one that cannot be read has a state too, since that is found out by whoever
 * reads it.
 */
export async function advisoriesState(folder: string | null): Promise<string | null> {
  if (folder === null) return null;
  const hash = createHash('sha256');
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (names === undefined) return hash.update('unreadable').digest('hex');
  for (const name of names.toSorted()) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) hash.update(JSON.stringify([name, found.size, found.mtimeMs]));
  }
  return hash.digest('hex');
}
