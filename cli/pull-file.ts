import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import type { ReceivedFile } from './answered.js';

/** A file that was pulled: whole, and with the digest that the gateway said. */
export interface PulledFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where a file goes that is to be pulled. */
export interface PullTarget {
  readonly folder: string;
  readonly fileName: string;
  /** Replaces what is there. */
  readonly force: boolean;
}

/**
 * Where the file comes to lie. Errors: `CONFLICT` where one is there and must not be replaced, `NAME_INVALID` for a
 * name that would leave the folder.
 */
export function pullPath({ folder, fileName, force }: PullTarget): string {
  if (!/^[a-z0-9-]+@\d+(\.[a-z]+)+$/.test(fileName))
    throw new RatchetError('NAME_INVALID', `"${fileName.slice(0, 200)}" is no name for a file of a version`);
  const path = resolve(folder, fileName);
  if (!force && existsSync(path))
    throw new RatchetError(
      'CONFLICT',
      `${path} is there already; --force replaces it, --to names another folder`,
    );
  return path;
}

/**
 * Writes what comes beside its place, which it takes only once it is whole and has its digest. Errors: those of
 * `pullPath`, `BLOB_CORRUPT`, `PART_UNAVAILABLE` where the connection was cut; then nothing is left.
 */
export async function pullFile(
  { bytes, sha256, stream }: ReceivedFile,
  target: PullTarget,
): Promise<PulledFile> {
  const path = pullPath(target);
  await makeFolder(target.folder);
  const part = `${path}.${randomUUID()}.part`;
  const interrupted = () => {
    rmSync(part, { force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  try {
    const got = await write(stream, part, path);
    if (got.sha256 !== sha256 || got.bytes !== bytes) {
      const text = `what came for ${path} has ${got.bytes} bytes with digest ${got.sha256}, not ${bytes} with ${sha256}`;
      throw new RatchetError('BLOB_CORRUPT', text);
    }
    await rename(part, pullPath(target));
    return { path, bytes, sha256 };
  } finally {
    process.off('SIGINT', interrupted);
    await rm(part, { force: true });
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new RatchetError('SETTING_INVALID', `--to names no folder: ${messageOf(cause)}`, {}, { cause });
  }
}

async function write(
  stream: ReceivedFile['stream'],
  part: string,
  path: string,
): Promise<Pick<PulledFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted() {
    try {
      for await (const piece of stream) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    } catch (cause) {
      const text = `the connection ended after ${bytes} bytes of ${path}: ${messageOf(cause)}`;
      throw new RatchetError('PART_UNAVAILABLE', text, {}, { cause });
    }
  }
  // Data of a project is for who pulled it.
  await pipeline(counted, createWriteStream(part, { flags: 'wx', mode: 0o600 }));
  return { bytes, sha256: hash.digest('hex') };
}
