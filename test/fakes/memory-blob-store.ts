import { readFile } from 'node:fs/promises';
import { corrupt, sha256Of } from '../../db/blobs/digests.js';
import { parseKept } from '../../db/blobs/kept.js';
import {
  blobKey,
  keptFolder,
  keptKey,
  keyOf,
  listedFolder,
  stagingFolder,
  stagingKey,
} from '../../db/blobs/keys.js';
import { writeInOneRename } from '../../db/blobs/write-in-one-rename.js';
import { canonicalText } from '../../domain/canonical-text.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';

export interface MemoryBlobStore extends BlobStore {
  /** What is stored, by key. A test may damage or delete it. */
  readonly objects: Map<string, { bytes: Uint8Array; sha256: string }>;
}

/** A blob store in memory that meets the same conformance suite as the one on S3. */
export function createMemoryBlobStore(bucket = 'memory'): MemoryBlobStore {
  const objects: MemoryBlobStore['objects'] = new Map();
  const refTo = (key: string, bytes: Uint8Array): BlobRef => ({
    uri: `s3://${bucket}/${key}`,
    sha256: sha256Of(bytes),
    bytes: bytes.length,
  });
  const put = (key: string, bytes: Uint8Array): BlobRef => {
    const ref = refTo(key, bytes);
    objects.set(key, { bytes: Uint8Array.from(bytes), sha256: ref.sha256 });
    return ref;
  };
  const take = (key: string, expected?: BlobRef): Uint8Array => {
    const object = objects.get(key);
    if (object === undefined) throw new RatchetError('BLOB_MISSING', `there is no object ${key}`);
    const got = { sha256: sha256Of(object.bytes), bytes: object.bytes.length };
    const wanted = expected ?? { sha256: object.sha256, bytes: object.bytes.length };
    if (got.sha256 !== wanted.sha256 || got.bytes !== wanted.bytes) throw corrupt(key, wanted, got);
    return Uint8Array.from(object.bytes);
  };
  const write = (path: string, bytes: Uint8Array) =>
    writeInOneRename(
      path,
      (file) =>
        new Promise((resolve, reject) => {
          file.once('error', reject).end(bytes, () => resolve());
        }),
    );
  const below = (folder: string) => [...objects.keys()].filter((key) => key.startsWith(folder)).sort();
  const putBytes = async (bytes: Uint8Array) => put(blobKey(sha256Of(bytes)), bytes);
  const getBytes = async (ref: BlobRef, maxBytes = 64 * 1024 ** 2) => {
    if (ref.bytes > maxBytes) throw new RatchetError('SOURCE_TOO_LARGE', `${ref.uri} has ${ref.bytes} bytes`);
    return take(keyOf(ref, bucket), ref);
  };
  return {
    objects,
    putBytes,
    getBytes,
    putFile: async (path) => await putBytes(await readFile(path)),
    putJson: async (value) => await putBytes(Buffer.from(canonicalText(value), 'utf8')),
    getJson: async (ref) => JSON.parse(Buffer.from(await getBytes(ref)).toString('utf8')),
    fetchFile: async (ref, path) => await write(path, take(keyOf(ref, bucket), ref)),
    open: async (ref) =>
      new Blob([Buffer.from(take(keyOf(ref, bucket), ref))]).stream() as ReadableStream<Uint8Array>,
    exists: async (ref) => objects.get(keyOf(ref, bucket))?.bytes.length === ref.bytes,
    async prove(ref) {
      take(keyOf(ref, bucket), ref);
    },
    stageFile: async (key, path) => put(stagingKey(key), await readFile(path)),
    listStaged: async (prefix) => below(listedFolder(prefix)),
    fetchStaged: async (key, path) => await write(path, take(stagingKey(key))),
    keepJson: async (key, value) => {
      if (objects.has(keptKey(key))) return false;
      put(key, Buffer.from(canonicalText(value), 'utf8'));
      return true;
    },
    listKept: async (folder, from = '') => below(keptFolder(folder)).filter((key) => key >= from),
    readKept: async (key) => ({
      value: parseKept(key, take(keptKey(key))),
      writtenAt: new Date().toISOString(),
    }),
    deleteStaged: async (prefix) => below(stagingFolder(prefix)).filter((key) => objects.delete(key)).length,
  };
}
