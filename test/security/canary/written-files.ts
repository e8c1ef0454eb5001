import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Written } from './search.js';

/** Every file below a folder, one after the other; those of `except` are left out. */
export function* writtenInFiles(folder: string, except: (name: string) => boolean): Generator<Written> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!entry.isFile() || except(name)) continue;
    const bytes = readIfThere(path);
    if (bytes !== undefined) yield { place: 'file', name, bytes: Buffer.concat([Buffer.from(name), bytes]) };
  }
}

/** Files that everybody may read are no place for a secret. */
export function openFiles(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => (lstatSync(join(folder, name)).mode & 0o077) !== 0);
}

/** The stores are running, and take files away. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
