import { createHash, randomBytes } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Client } from '../../db/blobs/s3-client.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { createApp } from '../../gateway/app.js';
import type { GatewayDeps } from '../../gateway/deps.js';
import { listen } from '../../gateway/http/listen.js';
import { testStack } from '../setup/stack.js';
import { type GatewayRoom, openGatewayRoom, settings, token } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';
import { registerVersion } from './register-version.js';

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const model = randomBytes(300 * 1024);
const train = randomBytes(1000);
const aside = randomBytes(700);

let room: GatewayRoom;
let s3: S3Client;
let project: string;
let tokens: Record<'dana' | 'ed' | 'ann' | 'rex', string>;
let outsider: string;
beforeAll(async () => {
  room = await openGatewayRoom();
  s3 = createS3Client(testStack().config.blobs);
  project = await room.newProject();
  outsider = await tokenOf(room, 'otto');
  tokens = await membersOf(room, project, {
    dana: ['data-scientist'],
    ed: ['data-engineer'],
    ann: ['application-developer'],
    rex: ['reviewer'],
  });
  await newVersion(project, 'a', model, {
    train: await room.deps.blobs.putBytes(train),
    quarantine: await room.deps.blobs.putBytes(aside),
  });
});
afterAll(async () => {
  s3.destroy();
  await room.close();
});

async function newVersion(
  name: string,
  letter: string,
  bytes: Uint8Array,
  files: { readonly train?: BlobRef; readonly quarantine?: BlobRef } = {},
): Promise<ModelVersionRecord> {
  const { blobs } = room.deps;
  const small = await blobs.putBytes(Buffer.from('validation'));
  const manifest = {
    files: { train: files.train ?? small, validation: small, test: small },
    quarantine: files.quarantine ?? null,
  };
  const file = await blobs.putBytes(bytes);
  return registerVersion(room, name, { letter, recall: 0.5, file, manifest });
}

const modelFile = (version: number | string = 1, file = 'model') =>
  `/api/v1/models/${project}/delay/${version}/files/${file}`;
const datasetFile = (file: string, version: number | string = 1) =>
  `/api/v1/datasets/${project}/flights/${version}/files/${file}`;

/** With the body as it is, not as text. */
const get = (path: string, given: string | null, init: RequestInit = {}, app = room.app) =>
  app.request(path, {
    ...init,
    headers: { host: 'localhost', ...(given === null ? {} : { authorization: `Bearer ${given}` }) },
  });
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const pulls = async (actor?: string) =>
  (await room.deps.audit.list({ project, ...(actor === undefined ? {} : { actor }), limit: 1000 })).filter(
    ({ action }) => action.endsWith('.pulled'),
  );
/** Where S3 has it. */
const at = ({ uri }: BlobRef) => {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { Bucket: bucket, Key: key };
};
/** A gateway over the same stores, but for one. */
const gatewayOver = (changes: Partial<GatewayDeps>) =>
  createApp({ ...room.deps, ...changes, metrics: new Registry() }, settings);

describe('the file of a model version', () => {
  it('is exactly its bytes, with length, digest and a name, and a row says who has it', async () => {
    const answer = await get(modelFile(), tokens.ann);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(model.length),
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="delay@1.onnx"',
      etag: `"${sha256Of(model)}"`,
    });
    // Before the first byte is read.
    const [row] = await pulls('ann');
    expect(row).toMatchObject({ action: 'model.pulled', subject: 'delay@1', project, actor: 'ann' });
    expect(JSON.parse(row?.details ?? '')).toEqual({
      file: 'model',
      stage: 'registered',
      method: 'set-up-code',
      sha256: sha256Of(model),
      bytes: model.length,
    });
    expect((await bytesOf(answer)).equals(model)).toBe(true);
  });

  it('has its card beside it, as it is stored', async () => {
    const answer = await get(modelFile(1, 'card'), tokens.dana);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="delay@1.card.json"');
    expect(await answer.json()).toMatchObject({ card: { purpose: 'to plan gates' }, markdown: '# Delay' });
  });

  it('of a retired version is there too, and its row says so', async () => {
    const { version: number } = await newVersion(project, 'b', randomBytes(10));
    await room.deps.champions.retire({ project, model: 'delay', version: number, reason: 'old', actor: 'x' });
    expect((await get(modelFile(number), tokens.dana)).status).toBe(200);
    const [row] = await pulls('dana');
    expect(JSON.parse(row?.details ?? '')).toMatchObject({ file: 'model', stage: 'retired' });
  });

  it('is told of to machines as well', async () => {
    await room.deps.accounts.create({ name: 'nightly', kind: 'machine', email: null, admin: true });
    const machine = await tokenOf(room, 'nightly', { kind: 'machine' });
    await bytesOf(await get(modelFile(), machine));
    expect(await pulls('nightly')).toHaveLength(1);
  });

  it('is described without its bytes, of which no row tells', async () => {
    const before = await pulls();
    const answer = await get(modelFile(), tokens.dana, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"${sha256Of(model)}"`]);
    expect((await bytesOf(answer)).length).toBe(0);
    expect(await pulls()).toEqual(before);
  });

  it.each([
    ['nobody', () => null, 401, 'UNAUTHENTICATED'],
    ['who is of no project', () => outsider, 404, 'PROJECT_NOT_FOUND'],
    ['a reviewer', () => tokens.rex, 403, 'FORBIDDEN'],
    ['a data engineer', () => tokens.ed, 403, 'FORBIDDEN'],
  ])('is not for %s', async (_, given, status, code) => {
    const before = await pulls();
    const answer = await get(modelFile(), given());
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
    expect(await pulls()).toEqual(before);
  });

  it('is not sent where its row cannot be written, and is let go of', async () => {
    let cancelled = 0;
    const { blobs, audit } = room.deps;
    const watched = watch(blobs, { cancelled: () => (cancelled += 1) });
    const append = () => Promise.reject(new Error('the chain is locked'));
    const app = gatewayOver({ blobs: watched, audit: { ...audit, append } });
    const answer = await get(modelFile(), tokens.dana, {}, app);
    expect([answer.status, await codeOf(answer), cancelled]).toEqual([500, 'INTERNAL', 1]);
  });

  it('that is lost from the store is named, and no row says that somebody has it', async () => {
    const lost = await newVersion(project, 'c', randomBytes(20));
    await s3.send(new DeleteObjectCommand(at(lost.file)));
    const before = await pulls();
    const { status, body } = await room.ask('get', modelFile(lost.version), { token: tokens.dana });
    expect([status, body.error.code]).toEqual([503, 'BLOB_MISSING']);
    expect((await get(modelFile(lost.version), tokens.dana, { method: 'HEAD' })).status).toBe(503);
    expect(await pulls()).toEqual(before);
  });

  it('that is another in the store never comes whole', async () => {
    const spoilt = await newVersion(project, 'd', randomBytes(200_000));
    await s3.send(new PutObjectCommand({ ...at(spoilt.file), Body: randomBytes(200_000) }));
    const answer = await get(modelFile(spoilt.version), tokens.dana);
    await expect(answer.arrayBuffer()).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
  });
});

describe('the rows of a dataset version', () => {
  it.each([
    ['train', train],
    ['quarantine', aside],
  ])('of %s are exactly its bytes, for a data engineer', async (file, bytes) => {
    const answer = await get(datasetFile(file), tokens.ed);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="flights@1.${file}.parquet"`,
    );
    expect((await bytesOf(answer)).equals(bytes)).toBe(true);
    const [row] = await pulls('ed');
    expect(row).toMatchObject({ action: 'dataset.pulled', subject: 'flights@1' });
    expect(JSON.parse(row?.details ?? '')).toMatchObject({ file, sha256: sha256Of(bytes) });
  });

  it('are not for an application developer', async () => {
    const { status } = await room.ask('get', datasetFile('train'), { token: tokens.ann });
    expect(status).toBe(403);
  });

  it.each(['who trains', 'who administers'])('of the test split are not for %s', async (who) => {
    const before = await pulls();
    const given = who === 'who trains' ? tokens.dana : token;
    const { status, body } = await room.ask('get', datasetFile('test'), { token: given });
    expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect(body.error.message).toContain('only the evaluator of the platform reads it');
    expect(await pulls()).toEqual(before);
  });

  it('that were set aside are not there where none was', async () => {
    const { dataset } = await newVersion(project, 'e', randomBytes(5));
    const { status, body } = await room.ask('get', datasetFile('quarantine', dataset.version), {
      token: tokens.ed,
    });
    expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('do not come whole for a tag that names some of them', async () => {
    const { datasets } = room.deps;
    await datasets.tag(project, 'flights', 1, 'jfk', { where: "origin = 'JFK'", rows: 3 });
    await datasets.tag(project, 'flights', 1, 'golden', null);
    const { status, body } = await room.ask('get', datasetFile('train', 'jfk'), { token: tokens.ed });
    expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(body.error.message).toContain("version 1 where origin = 'JFK'");
    expect((await bytesOf(await get(datasetFile('train', 'golden'), tokens.ed))).equals(train)).toBe(true);
  });
});

describe('a large file', () => {
  const large = randomBytes(24 * 1024 ** 2);

  it('is read only as fast as it is taken, and let go of when its reader goes away', async () => {
    const { version: number } = await newVersion(project, 'f', large);
    const seen = { read: 0, cancelled: 0 };
    const blobs = watch(room.deps.blobs, {
      read: (bytes) => (seen.read += bytes),
      cancelled: () => (seen.cancelled += 1),
    });
    const served = await listen(gatewayOver({ blobs }), { host: '127.0.0.1', port: 0 });
    const headers = { authorization: `Bearer ${tokens.dana}` };
    const asked = request({ host: '127.0.0.1', port: served.port, path: modelFile(number), headers }).end();
    const answer = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve));
    answer.pause();
    await sleep(1000);
    const held = seen.read;
    await sleep(500);
    expect([seen.read, seen.cancelled]).toEqual([held, 0]);
    expect(held).toBeLessThan(large.length / 2);
    asked.on('error', () => undefined).destroy();
    for (let times = 0; times < 50 && seen.cancelled === 0; times += 1) await sleep(100);
    expect(seen.cancelled).toBe(1);
    await served.close();
  });
});

/** The same store, which also says what is read of the streams it opens. */
function watch(
  blobs: GatewayDeps['blobs'],
  told: { readonly read?: (bytes: number) => void; readonly cancelled: () => void },
): GatewayDeps['blobs'] {
  const open: GatewayDeps['blobs']['open'] = async (ref) => {
    const reader = (await blobs.open(ref)).getReader();
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        told.read?.(value.length);
        controller.enqueue(value);
      },
      async cancel(reason) {
        told.cancelled();
        await reader.cancel(reason);
      },
    });
  };
  return new Proxy(blobs, {
    get(target, key) {
      if (key === 'open') return open;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
