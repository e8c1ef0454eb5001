import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { corrupt, type Digest, expectDigest, sha256Of } from './digests.js';

const mebibyte = 1024 ** 2;
/** Files up to this size travel in one request. */
export const onePartBytes = 16 * mebibyte;

type Target = Pick<PutObjectCommandInput, 'Bucket' | 'Key' | 'Metadata'>;

/** Puts bytes in one request; the service checks the digest before it keeps them. */
export async function sendBytes(
  client: S3Client,
  target: Target,
  bytes: Uint8Array,
  sha256: string,
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      ...target,
      Body: bytes,
      ContentLength: bytes.length,
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    }),
  );
}

/**
 * Puts a file of known digest, in parts where it is large. A file that changed since its digest was taken is not
 * stored: `BLOB_CORRUPT`.
 */
export async function sendFile(
  client: S3Client,
  target: Target,
  path: string,
  digest: Digest,
): Promise<void> {
  if (digest.bytes <= onePartBytes) {
    const bytes = await readFile(path);
    const got = { sha256: sha256Of(bytes), bytes: bytes.length };
    if (got.sha256 !== digest.sha256) throw corrupt(path, digest, got);
    return await sendBytes(client, target, bytes, digest.sha256);
  }
  const checked = expectDigest(digest, path);
  const file = createReadStream(path).once('error', (error) => checked.destroy(error));
  const upload = new Upload({
    client,
    params: { ...target, Body: file.pipe(checked) },
    partSize: partBytes(digest.bytes),
    queueSize: 3,
  });
  try {
    await upload.done();
  } finally {
    file.destroy();
  }
}

/** Parts of 8 MiB, larger where there would be more than the 10,000 that S3 takes. */
const partBytes = (bytes: number) => Math.max(8 * mebibyte, Math.ceil(bytes / 10_000));
