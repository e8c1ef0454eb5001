import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { s3Failure } from '../../domain/errors/s3-failure.js';
import type { StoredBlob } from '../../domain/ports/blobs.js';
import { blobKey, setAsideKey } from './keys.js';

/** One bucket as its own store sees it. */
export interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
}

const namedByDigest = /([0-9a-f]{64})$/;

/** Objects below a folder whose names are digests. */
export async function listByDigest({ client, bucket }: Bucket, folder: string): Promise<StoredBlob[]> {
  const found: StoredBlob[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: folder })) {
    for (const { Key = '', LastModified, Size = 0 } of page.Contents ?? []) {
      const sha256 = namedByDigest.exec(Key)?.[1];
      if (sha256 === undefined || LastModified === undefined) continue;
      found.push({ sha256, bytes: Size, writtenAt: LastModified.toISOString() });
    }
  }
  return found;
}

/** First the copy, then the deleting: at every moment the object is in at least one of the two places. */
export async function moveAside(at: Bucket, sha256: string): Promise<void> {
  await copy(at, blobKey(sha256), setAsideKey(sha256));
  await remove(at, blobKey(sha256));
}

/** Puts an object that was set aside back in its place. False where none was. */
export async function copyBack(at: Bucket, sha256: string): Promise<boolean> {
  try {
    await copy(at, setAsideKey(sha256), blobKey(sha256));
    return true;
  } catch (error) {
    if (s3Failure(error)?.kind === 'missing') return false;
    throw error;
  }
}

export async function removeSetAside(at: Bucket, sha256: string): Promise<void> {
  await remove(at, setAsideKey(sha256));
}

const nameInJson = /blobs\/([0-9a-f]{64})/g;
/** One character less than a name has: what of it may stand at the end of a piece. */
const partOfName = 'blobs/'.length + 63;

/** Digests that an object names, if it begins as JSON does. Of any other the first piece alone is read. */
export async function namesInJson({ client, bucket }: Bucket, sha256: string): Promise<readonly string[]> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: blobKey(sha256) }));
  if (!(Body instanceof Readable)) throw new TypeError('s3 gave an answer without a stream');
  const names = new Set<string>();
  let rest: string | null = null;
  for await (const piece of Body as AsyncIterable<Buffer>) {
    const text: string = (rest ?? '') + piece.toString('latin1');
    if (rest === null && !/^[[{]/.test(text)) break;
    for (const [, name = ''] of text.matchAll(nameInJson)) names.add(name);
    rest = text.slice(-partOfName);
  }
  return [...names];
}

async function copy({ client, bucket }: Bucket, from: string, to: string): Promise<void> {
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: `${bucket}/${from}` }));
}

async function remove({ client, bucket }: Bucket, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}
