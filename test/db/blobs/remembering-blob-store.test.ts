import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RememberingBlobStore } from '../../../db/blobs/remembering-blob-store.js';
import { createS3Client } from '../../../db/blobs/s3-client.js';
import type { BlobRef } from '../../../domain/ports/blobs.js';
import { freshBucket } from '../../setup/stack.js';

describe('a store that remembers small objects', () => {
  let options: Awaited<ReturnType<typeof freshBucket>>;
  let store: RememberingBlobStore;
  beforeAll(async () => {
    options = await freshBucket();
    store = new RememberingBlobStore(options);
  });
  afterAll(() => store.close());

  const remove = async ({ uri }: BlobRef) => {
    const client = createS3Client(options);
    const Key = uri.replace(`s3://${options.bucket}/`, '');
    await client.send(new DeleteObjectCommand({ Bucket: options.bucket, Key }));
    client.destroy();
  };

  it('gives an object that it read a value of its own each time', async () => {
    const ref = await store.putJson({ list: [1] });
    const first = (await store.getJson(ref)) as { list: number[] };
    first.list.push(2);
    expect(await store.getJson(ref)).toEqual({ list: [1] });
  });

  it('still says that an object is gone', async () => {
    const ref = await store.putJson({ here: true });
    await store.getJson(ref);
    await remove(ref);
    expect(await store.exists(ref)).toBe(false);
    expect(await store.getJson(ref)).toEqual({ here: true });
  });

  it('fetches a small file once, and no file of another size under its digest', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ratchet-remembering-'));
    const path = join(folder, 'file');
    const ref = await store.putBytes(Buffer.from('small'));
    await store.fetchFile(ref, path);
    await remove(ref);
    await store.fetchFile(ref, path);
    expect(await readFile(path, 'utf8')).toBe('small');
    const other = { ...ref, bytes: ref.bytes + 1 };
    await expect(store.fetchFile(other, path)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    await rm(folder, { recursive: true });
  });

  it('proves an object by what lies in the bucket, and not by what it remembers', async () => {
    const ref = await store.putBytes(Buffer.from('the model'));
    await store.getBytes(ref);
    await store.prove(ref);
    const client = createS3Client(options);
    const Key = ref.uri.replace(`s3://${options.bucket}/`, '');
    await client.send(new PutObjectCommand({ Bucket: options.bucket, Key, Body: 'the motel' }));
    client.destroy();
    expect(Buffer.from(await store.getBytes(ref)).toString()).toBe('the model');
    await expect(store.prove(ref)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
  });

  it('does not answer for what it never read, or what is large', async () => {
    const unread = await store.putJson({ unread: true });
    const large = await store.putJson({ text: 'x'.repeat(200_000) });
    await store.getJson(large);
    for (const ref of [unread, large]) {
      await remove(ref);
      await expect(store.getJson(ref)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    }
  });
});
