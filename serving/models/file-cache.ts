import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { fileDigest } from '../../machine/file-digest.js';

/** A file by its digest. */
export interface FileDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/** Files of models on this machine, by digest. */
export interface FileCache {
  /**
   * Path of a file whose bytes are the right ones at this moment; one that is not there, or is another one by now, is
   * fetched. It is in use until `retain` says otherwise. Errors: `BLOB_MISSING`, `BLOB_CORRUPT`, `PART_UNAVAILABLE`,
   * `MODEL_LOAD` where it cannot be kept.
   */
  take(file: FileDigest): Promise<string>;
  /** These are in use. Of the others those go that were not used for longest, until all are within the bytes allowed. */
  retain(sha256s: readonly string[]): Promise<void>;
}

export interface FileCacheOptions {
  readonly folder: string;
  /** Of all files; what is in use stays, also where it is more. */
  readonly mostBytes: number;
  /** Makes or replaces the file in one step. Errors: those of the store that it comes from. */
  readonly fetch: (file: FileDigest, path: string) => Promise<void>;
}

export function createFileCache({ folder, mostBytes, fetch }: FileCacheOptions): FileCache {
  let inUse: ReadonlySet<string> = new Set();
  const pathOf = (sha256: string) => join(folder, `${sha256}.onnx`);

  async function makeRoom(bytes: number): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files = await filesIn(folder);
    let total = files.reduce((sum, file) => sum + file.bytes, bytes);
    for (const file of files.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) {
      if (total <= mostBytes) return;
      if (inUse.has(file.sha256)) continue;
      await rm(pathOf(file.sha256), { force: true });
      total -= file.bytes;
    }
  }

  return {
    take: async (file) => {
      const path = pathOf(file.sha256);
      inUse = new Set([...inUse, file.sha256]);
      try {
        if ((await fileDigest(path)) !== file.sha256) {
          await rm(path, { force: true });
          await makeRoom(file.bytes);
          await fetch(file, path);
        }
        await utimes(path, new Date(), new Date()).catch(unlessReadOnly);
        return path;
      } catch (error) {
        throw untold(error);
      }
    },
    retain: async (sha256s) => {
      inUse = new Set(sha256s);
      await makeRoom(0);
    },
  };
}

/** What somebody else laid out for this server alone needs no order in which it goes. */
function unlessReadOnly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EROFS') throw error;
}

const named = /^([0-9a-f]{64})\.onnx$/;
/** Longer than any fetch takes: what is not whole by then was left by a server that died. */
const leftAfterMs = 3_600_000;

async function filesIn(folder: string) {
  const entries = await readdir(folder);
  await Promise.all(
    entries.filter((name) => name.endsWith('.part')).map((name) => removeLeft(join(folder, name))),
  );
  const names = entries.flatMap((name) => named.exec(name)?.[1] ?? []);
  const files = names.map(async (sha256) => {
    const { size, mtimeMs } = await stat(join(folder, `${sha256}.onnx`));
    return { sha256, bytes: size, usedAtMs: mtimeMs };
  });
  // Another server that shares the folder may take one away in the meantime.
  const found = await Promise.allSettled(files);
  return found.flatMap((file) => (file.status === 'fulfilled' ? [file.value] : []));
}

async function removeLeft(path: string): Promise<void> {
  const since = await stat(path).catch(() => null);
  if (since !== null && Date.now() - since.mtimeMs > leftAfterMs) await rm(path, { force: true });
}

/** Whoever asks for a model reads why it is not ready: addresses and paths are for the log. */
const told: Readonly<Partial<Record<string, string>>> = {
  BLOB_CORRUPT: 'its file in the store has not the digest that the registry names',
  BLOB_MISSING: 'its file is not in the store',
  PART_UNAVAILABLE: 'the store of its file does not answer',
};

function untold(cause: unknown): RatchetError {
  if (cause instanceof RatchetError) {
    return new RatchetError(cause.code, told[cause.code] ?? 'its file could not be fetched', {}, { cause });
  }
  const reason = (cause as NodeJS.ErrnoException).code ?? messageOf(cause);
  return new RatchetError('MODEL_LOAD', `its file cannot be kept on this machine: ${reason}`, {}, { cause });
}
