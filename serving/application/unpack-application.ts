import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readTar } from '../../domain/archive/read-tar.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/**
 * Unpacks the bundle of an application into `folder`, which is there whole or not at all; one that is there already is
 * left. Errors: `BLOB_CORRUPT` where the bundle is not the one of that digest, `APPLICATION_INVALID` where it holds
 * anything but plain files.
 */
export async function unpackApplication(bundlePath: string, sha256: string, folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const bundle = await readFile(bundlePath);
  const found = createHash('sha256').update(bundle).digest('hex');
  if (found !== sha256)
    throw new RatchetError(
      'BLOB_CORRUPT',
      `the bundle of an application has the digest ${found}, not ${sha256}`,
    );
  const part = `${folder}.${process.pid}.part`;
  await rm(part, { recursive: true, force: true });
  try {
    for (const { name, content } of readTar(bundle)) {
      const path = join(part, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { flag: 'wx', mode: 0o444 });
    }
    await rename(part, folder);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
