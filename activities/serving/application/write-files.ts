import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArchiveFile } from '../../../domain/archive/archive-file.js';

/** Writes files below a new folder, open to the user that a foreign program runs as. */
export async function writeFiles(folder: string, files: readonly ArchiveFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  for (const { name, content } of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    await writeFile(path, content, { flag: 'wx', mode: 0o644 });
  }
}
