import { randomBytes, randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestFile } from '../../../db/blobs/digests.js';
import { openBlobStore } from '../../../db/blobs/open-blob-store.js';
import type { S3BlobStore } from '../../../db/blobs/s3-blob-store.js';
import { createS3Client } from '../../../db/blobs/s3-client.js';
import { sendFile } from '../../../db/blobs/send-body.js';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { blobStoreConformance } from '../../conformance/blob-store.js';
import { freshBucket } from '../../setup/stack.js';

let open: S3BlobStore | undefined;
blobStoreConformance('the store on S3', async () => {
  const options = await freshBucket();
  const client = createS3Client(options);
  open = openBlobStore(options);
  const at = (uri: string) => ({ Bucket: options.bucket, Key: uri.replace(`s3://${options.bucket}/`, '') });
  return {
    store: open,
    damage: async (ref, bytes) => {
      const Metadata = { sha256: ref.sha256 };
      await client.send(new PutObjectCommand({ ...at(ref.uri), Body: bytes, Metadata }));
    },
    remove: async (ref) => {
      await client.send(new DeleteObjectCommand(at(ref.uri)));
    },
  };
});
afterAll(() => open?.close());

describe('S3 blob store', () => {
  let folder: string;
  let options: Awaited<ReturnType<typeof freshBucket>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 's3 '));
    options = await freshBucket();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('does not store a large file that changes while it is sent', async () => {
    const path = join(folder, 'large');
    await writeFile(path, randomBytes(20 * 1024 ** 2));
    const digest = await digestFile(path);
    await appendFile(path, 'x');
    const client = createS3Client(options);
    const target = { Bucket: options.bucket, Key: `blobs/${digest.sha256}` };
    await expect(sendFile(client, target, path, digest)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
    client.destroy();
    const store = openBlobStore(options);
    expect(await store.exists({ uri: `s3://${options.bucket}/${target.Key}`, ...digest })).toBe(false);
    store.close();
  });

  it('names a missing file by the error of the disk', async () => {
    const store = openBlobStore(options);
    await expect(store.putFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
    store.close();
  });

  it.each([
    ['nobody listens', { endpoint: 'http://127.0.0.1:9' }, /ECONNREFUSED/],
    ['the key is wrong', { secretKey: 'not-the-right-one' }, /SignatureDoesNotMatch \(403\)/],
    ['the bucket is missing', { bucket: `none-${randomUUID()}` }, /NoSuchBucket|BLOB_MISSING|404/],
  ])('says that S3 is away, without secrets, when %s', async (_, change, reason) => {
    const store = openBlobStore({ ...options, ...change });
    const error: unknown = await store.putBytes(randomBytes(4)).catch((thrown: unknown) => thrown);
    store.close();
    expect(error).toMatchObject({ code: 'PART_UNAVAILABLE', entry: { retry: true } });
    expect(messageOf(error)).toMatch(reason);
    const secrets = [options.accessKey, options.secretKey, 'not-the-right-one'];
    for (const secret of secrets) expect(JSON.stringify(error) + messageOf(error)).not.toContain(secret);
  });

  it.each([
    ['the answer breaks off', 'PART_UNAVAILABLE'],
    ['the service answers 503', 'PART_UNAVAILABLE'],
  ])('asks for a retry when %s', async (how, code) => {
    const server = createServer((_request, response) => {
      if (how === 'the service answers 503') return void response.writeHead(503).end();
      response.writeHead(200, { 'content-length': '1000' });
      response.write('only this', () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const store = openBlobStore({ ...options, endpoint: `http://127.0.0.1:${port}` });
    const ref = { uri: `s3://${options.bucket}/blobs/x`, sha256: 'x', bytes: 1000 };
    await expect(store.getBytes(ref)).rejects.toMatchObject({ code });
    await expect(store.fetchFile(ref, join(folder, 'broken'))).rejects.toMatchObject({ code });
    store.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
