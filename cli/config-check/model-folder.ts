import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** A model repository as a folder on this machine. Paths are relative to it, with forward slashes. */
export interface ModelFolder {
  /** Undefined where there is no such file. Error: `CONFIG_INVALID` for what is no text. */
  readText(path: string): Promise<string | undefined>;
  isFolder(path: string): Promise<boolean>;
  /** The `.yaml` files of a folder, sorted; none where there is no such folder. */
  yamlFiles(folder: string): Promise<readonly string[]>;
}

export function openModelFolder(root: string): ModelFolder {
  return {
    async readText(path) {
      const bytes = await orUndefined(readFile(join(root, path)));
      return bytes && textOf(bytes, path);
    },
    async isFolder(path) {
      return (await orUndefined(stat(join(root, path))))?.isDirectory() === true;
    },
    async yamlFiles(folder) {
      const names = (await orUndefined(readdir(join(root, folder)))) ?? [];
      return names
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => `${folder}/${name}`);
    },
  };
}

/** As the platform reads it: what is not UTF-8 is refused, not guessed at. */
function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new RatchetError('CONFIG_INVALID', `${path} is not UTF-8 text, allowed is UTF-8`, {}, { cause });
  }
}

/** What a path of a configuration may well be: absent, a folder, or below a file. */
const absences = ['ENOENT', 'ENOTDIR', 'EISDIR'];

async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && absences.includes(String(error.code))) return undefined;
    throw error;
  }
}
