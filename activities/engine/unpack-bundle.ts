import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readTar } from '../../domain/archive/read-tar.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Most that the archive of a serving application may be: it is read in memory. */
const mostBytes = 1024 ** 3;

/** Unpacks the bundle of an application into an empty folder. Error: `APPLICATION_INVALID`, as `readTar`, or too large. */
export async function unpackBundle(bundle: string, folder: string): Promise<void> {
  const { size } = await stat(bundle);
  if (size > mostBytes)
    throw new RatchetError(
      'APPLICATION_INVALID',
      `the bundle of an application has ${size} bytes, allowed are ${mostBytes}`,
    );
  for (const { name, content } of readTar(await readFile(bundle))) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: 'wx', mode: 0o644 });
  }
}
