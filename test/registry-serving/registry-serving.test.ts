import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ServingManifest } from '../../domain/serving/manifest.js';
import { addsTo } from '../serving/small-models.js';
import { openRegistryRoom } from './registry-room.js';

let room: Awaited<ReturnType<typeof openRegistryRoom>>;
beforeAll(async () => {
  room = await openRegistryRoom();
});
afterEach(() => room.stopAll());
afterAll(() => room.close());

type Server = Awaited<ReturnType<typeof room.serve>>;
const predict = (server: Server, row: number) => server.ask('/predict', [row]);
const until = (server: Server, version: number) =>
  expect
    .poll(async () => (await predict(server, 1)).json['model_version'], { interval: 50 })
    .toBe(String(version));
const manifestOf = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as ServingManifest;
const away = async () => {
  throw new RatchetError('PART_UNAVAILABLE', 's3 did not get s3://secret/place');
};

describe('an alias that is followed', () => {
  it('moves under load without a lost request, stays warm one step back, and is remembered', async () => {
    const world = await room.newWorld();
    const first = await world.champion(addsTo(1));
    const server = await room.serve('moves', { RATCHET_SERVING_MODELS: `${world.project}/delay@champion` });
    const seen = new Set<string>();
    let isOver = false;
    const client = async () => {
      for (let row = 0; !isOver; row += 1) {
        const { status, json } = await predict(server, row);
        expect(status).toBe(200);
        const [answer] = json['predictions'] as number[];
        seen.add(`${json['model_version']} adds ${Number(answer) - row}`);
      }
    };
    const clients = [client(), client(), client()];
    const second = await world.champion(addsTo(2));
    await until(server, second);
    await world.champions.rollBack(world.at(second));
    await until(server, first);
    isOver = true;
    await Promise.all(clients);
    expect([...seen]).toEqual([`${first} adds 1`, `${second} adds 2`]);
    expect((await server.ask('/v2/models/delay')).json['versions']).toEqual([String(second), String(first)]);
    const old = await server.ask(`/v2/models/delay/versions/${second}/predict`, [5]);
    expect(old.json).toMatchObject({ predictions: [7], model_version: String(second) });
    await expect
      .poll(() => manifestOf(server.manifest).models.map(({ version, alias }) => [version, alias]))
      .toEqual([
        [first, 'champion'],
        [second, null],
      ]);
  });

  it('goes on where Postgres and S3 do not answer, and is served again from this machine alone', async () => {
    const world = await room.newWorld();
    await world.champion(addsTo(1));
    const settings = { RATCHET_SERVING_MODELS: `${world.project}/delay@champion` };
    let isAway = false;
    const cut = <T extends (...given: never[]) => Promise<unknown>>(call: T | undefined) =>
      ((...given) => (isAway ? away() : call?.(...given))) as T;
    const server = await room.serve('away', settings, ({ versions, fetch }) => ({
      versions: { resolve: cut(versions?.resolve) },
      fetch: cut(fetch),
    }));
    isAway = true;
    const isTold = () => server.lines.some(({ code }) => code === 'PART_UNAVAILABLE');
    await expect.poll(isTold).toBe(true);
    expect((await predict(server, 1)).json).toMatchObject({ predictions: [2] });
    await server.stop();
    const alone = { ...settings, DATABASE_SERVING_URL: 'postgres://nobody:hush@127.0.0.1:1/ratchet' };
    const again = await room.serve('away', alone, () => ({ fetch: away }));
    expect((await predict(again, 1)).json).toMatchObject({ predictions: [2] });
    await expect(room.serve('elsewhere', alone)).rejects.toMatchObject({ code: 'PART_UNAVAILABLE' });
  });

  it('is an error at the start where it leads nowhere, and later leaves what answers', async () => {
    const world = await room.newWorld();
    const version = await world.candidate(addsTo(1));
    const of = (wanted: string) => ({ RATCHET_SERVING_MODELS: `${world.project}/${wanted}` });
    for (const wanted of ['delay@champion', 'delay@7', 'other@1']) {
      await expect(room.serve('nowhere', of(wanted))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    }
    const server = await room.serve('number', of(`delay@${version}`));
    expect((await predict(server, 1)).json).toMatchObject({ predictions: [2], model_version: '1' });
  });

  it('does not lead to a version whose file is hostile, while the one before answers', async () => {
    const world = await room.newWorld();
    const first = await world.champion(addsTo(1));
    const server = await room.serve('hostile', { RATCHET_SERVING_MODELS: `${world.project}/delay@champion` });
    const second = await world.champion(new Uint8Array([1, 2, 3]));
    const isTold = () => server.lines.some(({ code }) => code === 'MODEL_HOSTILE');
    await expect.poll(isTold).toBe(true);
    expect((await predict(server, 1)).json).toMatchObject({ model_version: String(first) });
    expect((await server.ask('/v2/health/ready')).json).toEqual({ ready: true });
    const asked = await server.ask(`/v2/models/delay/versions/${second}/predict`, [5]);
    expect(asked.status).toBe(503);
    expect(manifestOf(server.manifest).models).toMatchObject([{ version: first }]);
  });
});

describe('files of registry models', () => {
  it('are fetched anew where the cached one is another, and refused where the stored one is', async () => {
    const world = await room.newWorld();
    const version = await world.champion(addsTo(8));
    const { sha256 } = world.fileOf(version);
    const settings = { RATCHET_SERVING_MODELS: `${world.project}/delay@champion` };
    const server = await room.serve('corrupt', settings);
    const cached = join(server.cache, `${sha256}.onnx`);
    await server.stop();
    writeFileSync(cached, addsTo(9));
    const mended = await room.serve('corrupt', settings);
    expect((await predict(mended, 1)).json).toMatchObject({ predictions: [9] });
    expect(createHash('sha256').update(readFileSync(cached)).digest('hex')).toBe(sha256);
    await mended.stop();
    writeFileSync(cached, addsTo(9));
    await room.corrupt(sha256, addsTo(9));
    const refused = await room.serve('corrupt', settings);
    const { status, json } = await predict(refused, 1);
    expect([status, json]).toEqual([
      503,
      {
        error: expect.stringMatching(
          /is not ready: its file in the store has not the digest that the registry names$/,
        ),
      },
    ]);
    expect((await refused.ask('/v2/health/ready')).json).toMatchObject({ ready: false });
    expect(refused.lines).toContainEqual(expect.objectContaining({ code: 'BLOB_CORRUPT' }));
  });

  it('go from the cache when they were not used for longest, and never while they are served', async () => {
    const world = await room.newWorld();
    const versions = [await world.champion(addsTo(1)), await world.champion(addsTo(2))];
    const { bytes } = world.fileOf(1);
    const settings = {
      RATCHET_SERVING_MODELS: `${world.project}/delay@champion`,
      RATCHET_SERVING_CACHE_BYTES: String(Math.floor(bytes * 2.5)),
    };
    const server = await room.serve('evicts', settings);
    const kept = () => readdirSync(server.cache).toSorted();
    for (const more of [3, 4, 5]) {
      versions.push(await world.champion(addsTo(more)));
      await until(server, versions.at(-1) ?? 0);
    }
    const served = versions.slice(-2).map((version) => `${world.fileOf(version).sha256}.onnx`);
    await expect.poll(kept).toEqual(served.toSorted());
  });
});

describe('a manifest that somebody else writes', () => {
  it('is followed, its default model and aliases too, and one that is broken changes nothing', async () => {
    const world = await room.newWorld();
    const [one, two] = [await world.candidate(addsTo(1)), await world.candidate(addsTo(2))];
    const path = join(room.folder, 'written.json');
    const modelOf = (version: number, alias: string | null, model = 'delay') => {
      const { sha256, bytes } = world.fileOf(version);
      return { project: world.project, model, version, sha256, bytes, alias };
    };
    const write = (models: readonly object[], more: object = {}) => {
      const rest = { revision: 'r1', endpoint: 'e', defaultModel: null, application: null };
      writeFileSync(path, JSON.stringify({ version: 1, models, ...rest, ...more }));
    };
    await expect(room.serve('file', { RATCHET_SERVING_MANIFEST: path })).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
    });
    write([modelOf(one, 'champion'), modelOf(two, null)]);
    const server = await room.serve('file', { RATCHET_SERVING_MANIFEST: path });
    expect((await predict(server, 1)).json).toMatchObject({ predictions: [2] });
    const deployed = async () => (await server.ask('/v2')).json;
    await expect.poll(deployed).toMatchObject({ endpoint: 'e', revision: 'r1' });
    writeFileSync(path, '{"version": 1, "models": [');
    const isTold = () => server.lines.some(({ code }) => code === 'CONFIG_INVALID');
    await expect.poll(isTold).toBe(true);
    expect((await predict(server, 1)).json).toMatchObject({ predictions: [2] });
    write([modelOf(one, null), modelOf(two, 'champion'), modelOf(one, null, 'tips')], {
      defaultModel: 'delay',
    });
    await until(server, two);
    await expect
      .poll(async () => (await server.ask('/v2/models/tips/predict', [1])).json)
      .toMatchObject({ predictions: [2] });
    write([modelOf(two, 'champion')]);
    await expect.poll(async () => (await server.ask('/v2/models/tips')).status).toBe(404);
    expect((await predict(server, 1)).json).toMatchObject({ predictions: [3] });
  });
});
