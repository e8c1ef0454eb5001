import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Source } from '../../../../activities/adapters/sources/s3-source.js';
import { messageOf } from '../../../../domain/errors/ratchet-error.js';
import type { ObjectSourceSpec } from '../../../../domain/ports/sources.js';
import { freshBucket, testStack } from '../../../setup/stack.js';

let lake: Awaited<ReturnType<typeof freshBucket>>;
let folder: string;
const platform = () => testStack().config.blobs;
const keys = () => ({ accessKeyId: lake.accessKey, secretAccessKey: lake.secretKey });
const source = (change: Partial<ObjectSourceSpec> = {}, secret: unknown = keys()) => {
  const spec: ObjectSourceSpec = {
    kind: 's3',
    bucket: lake.bucket,
    credentials: 'lake',
    maxBytes: 1000,
    ...change,
  };
  const text = typeof secret === 'string' ? secret : JSON.stringify(secret);
  return createS3Source(spec, { read: async () => text }, platform());
};
const failure = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 's3 source '));
  lake = await freshBucket();
  const client = new S3Client({
    endpoint: lake.endpoint,
    region: lake.region,
    forcePathStyle: true,
    credentials: keys(),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const put = (Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket: lake.bucket, Key, Body }));
  for (const key of ['w/b.csv', 'w/a.csv', 'w/é 1.csv', 'w/deep/c.csv', 'w/b.csv.old', 'other'])
    await put(key, `is ${key}`);
  await put('large/a', 'x'.repeat(600));
  await put('large/b', 'x'.repeat(600));
  await put('huge', 'x'.repeat(1001));
  client.destroy();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('files in a bucket', () => {
  it('are listed by prefix, sorted by key, with tag and size', async () => {
    const objects = await source().list('w/');
    expect(objects.map(({ key }) => key)).toEqual([
      'w/a.csv',
      'w/b.csv',
      'w/b.csv.old',
      'w/deep/c.csv',
      'w/é 1.csv',
    ]);
    expect(objects[0]).toEqual({ key: 'w/a.csv', etag: expect.stringMatching(/^[0-9a-f]{32}$/), bytes: 10 });
  });

  it('are one where the path is a key', async () => {
    expect((await source().list('w/b.csv')).map(({ key }) => key)).toEqual(['w/b.csv']);
    expect(await source().list('w/b')).toEqual([]);
    expect(await source().list('none/')).toEqual([]);
  });

  it('are fetched', async () => {
    const path = join(folder, 'a file');
    await source().fetch('w/é 1.csv', path);
    expect(readFileSync(path, 'utf8')).toBe('is w/é 1.csv');
  });

  it('are refused when they are too large, together or alone, and leave nothing', async () => {
    expect(await failure(source().list('large/'))).toMatchObject({ code: 'SOURCE_TOO_LARGE' });
    const path = join(folder, 'huge');
    expect(await failure(source().fetch('huge', path))).toMatchObject({ code: 'SOURCE_TOO_LARGE' });
    expect(existsSync(path)).toBe(false);
  });

  it.each(['none', '../x/y', 'a/../b', './a'])('are refused when the key is %s', async (key) => {
    const path = join(folder, 'none');
    expect(await failure(source().fetch(key, path))).toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['another bucket', { bucket: 'no-such-bucket' }, undefined, 'SOURCE_REFUSED'],
    ['a wrong key', {}, { accessKeyId: 'x', secretAccessKey: 'hunter2' }, 'SOURCE_REFUSED'],
    ['no JSON', {}, 'hunter2', 'SOURCE_REFUSED'],
    ['JSON of another shape', {}, { password: 'hunter2' }, 'SOURCE_REFUSED'],
    [
      'a service that is away',
      {},
      { accessKeyId: 'x', secretAccessKey: 'hunter2', endpoint: 'http://127.0.0.1:9' },
      'SOURCE_UNREACHABLE',
    ],
  ])('are not read with %s, and no secret is told', async (_, change, secret, code) => {
    const error = await failure(source(change, secret).list('w/'));
    expect(error).toMatchObject({ code });
    const text = messageOf(error) + JSON.stringify(error);
    for (const hidden of ['hunter2', lake.secretKey]) expect(text).not.toContain(hidden);
  });
});

describe('where a source may lead', () => {
  it('is not the bucket of the platform, nor a name that is no bucket', async () => {
    for (const bucket of [platform().bucket, `${lake.bucket}/../${platform().bucket}`, '..', 'a b']) {
      expect(await failure(source({ bucket }).list('blobs/'))).toMatchObject({ code: 'SOURCE_REFUSED' });
    }
  });

  it.each([
    'http://127.0.0.1:9',
    'http://2130706433:9',
    'http://0x7f.1:9',
    'http://0177.0.0.1:9',
    'http://169.254.169.254',
    'http://[::1]:9',
    'http://[::ffff:127.0.0.1]:9',
    'http://[64:ff9b::7f00:1]:9',
    'http://localhost:9',
    'http://10.1.2.3',
    'ftp://127.0.0.1',
    'http://me:pw@example.org',
    'nonsense',
  ])('is not %s when a repository says so', async (endpoint) => {
    const error = await failure(source({ endpoint }).list('w/'));
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(messageOf(error)).toMatch(/endpoint/);
  });

  it('may be private when the secret says so, and then nowhere else', async () => {
    const bound = { ...keys(), endpoint: lake.endpoint };
    expect((await source({}, bound).list('w/')).length).toBe(5);
    expect((await source({ endpoint: lake.endpoint }, bound).list('w/')).length).toBe(5);
    const elsewhere = await failure(source({ endpoint: 'https://example.org' }, bound).list('w/'));
    expect(messageOf(elsewhere)).toMatch(/is for another endpoint/);
  });

  it("does not get the platform's credentials elsewhere", async () => {
    const { credentials: _, ...bare } = {
      kind: 's3',
      bucket: lake.bucket,
      maxBytes: 1000,
      credentials: '',
    } as const;
    const secrets = { read: async () => expect.fail('no secret is asked for') };
    expect((await createS3Source(bare, secrets, platform()).list('w/')).length).toBe(5);
    const elsewhere = createS3Source({ ...bare, endpoint: 'https://example.org' }, secrets, platform());
    expect(await failure(elsewhere.list('w/'))).toMatchObject({ code: 'SOURCE_REFUSED' });
  });
});
