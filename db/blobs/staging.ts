import {
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Digest } from './digests.js';

/** Keys below a folder, sorted; those before `from` need not be among them. */
export async function listKeys(
  client: S3Client,
  bucket: string,
  folder: string,
  from?: string,
): Promise<readonly string[]> {
  const keys: string[] = [];
  // The service begins after a key: after the one that is `from` without its last character is before it.
  const start = from === undefined ? {} : { StartAfter: from.slice(0, -1) };
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: folder, ...start })) {
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
  }
  return keys.sort();
}

/** Deletes everything below a folder; how many objects went. */
export async function deleteKeys(client: S3Client, bucket: string, folder: string): Promise<number> {
  const keys = await listKeys(client, bucket, folder);
  for (let from = 0; from < keys.length; from += 1000) {
    const Objects = keys.slice(from, from + 1000).map((Key) => ({ Key }));
    const answer = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const failed = answer.Errors?.[0];
    if (failed !== undefined) {
      throw new RatchetError('PART_UNAVAILABLE', `s3 did not delete ${failed.Key}: ${failed.Code}`);
    }
  }
  return keys.length;
}

/** Opens a staged object and reads the digest that it was stored with. */
export async function openStaged(
  client: S3Client,
  bucket: string,
  key: string,
): Promise<{ readonly body: GetObjectCommandOutput['Body']; readonly digest: Digest }> {
  const {
    Body: body,
    ContentLength: bytes,
    Metadata: metadata,
  } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const sha256 = metadata?.['sha256'];
  if (sha256 === undefined || bytes === undefined) {
    throw new RatchetError('BLOB_CORRUPT', `${key} was stored without its digest`);
  }
  return { body, digest: { sha256, bytes } };
}
