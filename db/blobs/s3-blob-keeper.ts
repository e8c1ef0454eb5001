import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { s3Failure } from '../../domain/errors/s3-failure.js';
import type { BlobKeeper } from '../../domain/ports/blobs.js';
import { blobFolder, setAsideFolder } from './keys.js';
import { createS3Client, type S3Connection } from './s3-client.js';
import { type Bucket, copyBack, listByDigest, moveAside, namesInJson, removeSetAside } from './set-aside.js';

/** The sweep's view of a bucket. What an object names is remembered: what a digest stands for never changes. */
export function openBlobKeeper(
  options: S3Connection & { readonly bucket: string },
): BlobKeeper & { close(): void } {
  const client = createS3Client(options);
  const at = { client, bucket: options.bucket };
  const known = new Map<string, readonly string[]>();
  return {
    list: () => told('list objects', () => listByDigest(at, blobFolder)),
    listSetAside: () => told('list what is set aside', () => listByDigest(at, setAsideFolder)),
    setAside: (sha256) => told(`set ${sha256} aside`, () => moveAside(at, sha256)),
    async bringBack(sha256) {
      const isBack = await told(`bring ${sha256} back`, () => copyBack(at, sha256));
      if (isBack) await told(`delete ${sha256}`, () => removeSetAside(at, sha256));
    },
    deleteSetAside: (sha256) => told(`delete ${sha256}`, () => removeSetAside(at, sha256)),
    async namedIn(sha256) {
      const before = known.get(sha256);
      if (before !== undefined) return before;
      const names = await told(`get ${sha256}`, () => readWherever(at, sha256));
      if (names === null) return [];
      known.set(sha256, names);
      return names;
    },
    close: () => client.destroy(),
  };
}

/** Also of an object that was set aside before a row named it. Null where the object is lost. */
async function readWherever(at: Bucket, sha256: string): Promise<readonly string[] | null> {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      return await namesInJson(at, sha256);
    } catch (error) {
      if (s3Failure(error)?.kind !== 'missing') throw error;
      if (!(await copyBack(at, sha256))) return null;
    }
  }
  return null;
}

async function told<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const failure = s3Failure(error);
    if (failure === undefined) throw error;
    throw new RatchetError('PART_UNAVAILABLE', `s3 did not ${what}: ${failure.reason}`);
  }
}
