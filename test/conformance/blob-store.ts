import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';

/** What the suite needs of an implementation: a store, and a way to spoil what it holds. */
export interface BlobStoreUnderTest {
  readonly store: BlobStore;
  /** Overwrites the object behind a reference, past the store. */
  damage(ref: BlobRef, bytes: Uint8Array): Promise<void>;
  remove(ref: BlobRef): Promise<void>;
}

const read = (stream: ReadableStream<Uint8Array>) => new Response(stream).arrayBuffer();

/** Every promise of the blob store's port. */
export function blobStoreConformance(name: string, open: () => Promise<BlobStoreUnderTest>): void {
  describe(`${name} as a blob store`, () => {
    let subject: BlobStoreUnderTest;
    let folder: string;
    const store = () => subject.store;
    const file = async (bytes: Uint8Array | string) => {
      const path = join(folder, randomUUID());
      await writeFile(path, bytes);
      return path;
    };
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'blob store '));
      subject = await open();
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each([0, 1, 300 * 1024, 17 * 1024 ** 2])('gives back a file of %i bytes', async (size) => {
      const bytes = randomBytes(size);
      const ref = await store().putFile(await file(bytes));
      expect(ref.bytes).toBe(size);
      expect(ref.uri).toMatch(new RegExp(`^s3://[^/]+/blobs/${ref.sha256}$`));
      const target = join(folder, 'a new folder', randomUUID());
      await store().fetchFile(ref, target);
      expect((await readFile(target)).equals(bytes)).toBe(true);
    });

    it.each([0, 1, 3 * 1024 ** 2])('proves an object of %i bytes', async (size) => {
      await store().prove(await store().putBytes(randomBytes(size)));
    });

    it.each([0, 1, 3 * 1024 ** 2])('gives the bytes of an object of %i bytes as they come', async (size) => {
      const bytes = randomBytes(size);
      const ref = await store().putBytes(bytes);
      expect(Buffer.from(await read(await store().open(ref))).equals(bytes)).toBe(true);
    });

    it('lets go of an object that nobody reads to its end', async () => {
      const bytes = randomBytes(3 * 1024 ** 2);
      const ref = await store().putBytes(bytes);
      // More than a store has sockets.
      for (let times = 0; times < 70; times += 1) {
        const stream = await store().open(ref);
        if (times % 2 === 0) await stream.cancel();
        else for await (const piece of stream) if (piece.length > 0) break;
      }
      expect((await read(await store().open(ref))).byteLength).toBe(bytes.length);
    });

    it('stores the same bytes once, however they come', async () => {
      const bytes = Buffer.from(`{"n":${Math.random()}}`);
      const refs = [
        await store().putBytes(bytes),
        await store().putFile(await file(bytes)),
        await store().putJson(JSON.parse(bytes.toString())),
      ];
      expect(new Set(refs.map((ref) => JSON.stringify(ref))).size).toBe(1);
    });

    it('lets many writers put the same bytes at once', async () => {
      const bytes = randomBytes(1000);
      const refs = await Promise.all(Array.from({ length: 20 }, () => store().putBytes(bytes)));
      expect(new Set(refs.map((ref) => ref.sha256)).size).toBe(1);
      expect(Buffer.from(await store().getBytes(refs[0] as BlobRef)).equals(bytes)).toBe(true);
    });

    it('gives equal values equal references', async () => {
      const one = await store().putJson({ b: [1, { d: null, c: 'é' }], a: 1e21 });
      const other = await store().putJson({ a: 1e21, b: [1, { c: 'é', d: null }] });
      expect(other).toEqual(one);
      expect(await store().getJson(one)).toEqual({ a: 1e21, b: [1, { c: 'é', d: null }] });
    });

    it.each([
      ['NaN', { a: Number.NaN }],
      ['undefined', undefined],
    ])('does not store %s as JSON', async (_, value) => {
      await expect(store().putJson(value)).rejects.toMatchObject({ code: 'INTERNAL' });
    });

    it('says whether an object is there, whole', async () => {
      const ref = await store().putBytes(randomBytes(50));
      expect(await store().exists(ref)).toBe(true);
      await subject.damage(ref, randomBytes(49));
      expect(await store().exists(ref)).toBe(false);
      await subject.remove(ref);
      expect(await store().exists(ref)).toBe(false);
    });

    it('writes a file again where the object was cut short', async () => {
      const path = await file(randomBytes(500));
      const ref = await store().putFile(path);
      await subject.damage(ref, randomBytes(10));
      await store().putFile(path);
      expect((await store().getBytes(ref)).length).toBe(500);
    });

    it('refuses to read more than it may', async () => {
      const ref = await store().putBytes(randomBytes(11));
      await expect(store().getBytes(ref, 10)).rejects.toMatchObject({ code: 'SOURCE_TOO_LARGE' });
      expect((await store().getBytes(ref, 11)).length).toBe(11);
    });

    it.each([
      ['other bytes of the same length', 64],
      ['fewer bytes', 10],
      ['more bytes', 100],
    ])('notices %s behind a reference, and leaves no file', async (_, size) => {
      const ref = await store().putBytes(randomBytes(64));
      await subject.damage(ref, randomBytes(size));
      const target = join(folder, randomUUID());
      await expect(store().getBytes(ref)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      await expect(store().prove(ref)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      await expect(store().fetchFile(ref, target)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      const opened = async () => read(await store().open(ref));
      await expect(opened()).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      expect((await readdir(folder)).filter((name) => target.endsWith(name.split('.')[0] ?? ''))).toEqual([]);
    });

    it('keeps the old file when a new one cannot be fetched', async () => {
      const ref = await store().putBytes(randomBytes(64));
      await subject.damage(ref, randomBytes(64));
      const path = await file('old');
      await expect(store().fetchFile(ref, path)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      expect(await readFile(path, 'utf8')).toBe('old');
    });

    it('names a missing object', async () => {
      const ref = await store().putBytes(randomBytes(64));
      await subject.remove(ref);
      const missing = { code: 'BLOB_MISSING' };
      await expect(store().getBytes(ref)).rejects.toMatchObject(missing);
      await expect(store().prove(ref)).rejects.toMatchObject(missing);
      await expect(store().open(ref)).rejects.toMatchObject(missing);
      await expect(store().fetchFile(ref, join(folder, randomUUID()))).rejects.toMatchObject(missing);
      await expect(store().fetchStaged(`runs/${randomUUID()}/none`, join(folder, 'x'))).rejects.toMatchObject(
        missing,
      );
    });

    it('does not follow a reference into another bucket', async () => {
      const ref = { ...(await store().putBytes(randomBytes(8))), uri: 's3://elsewhere/blobs/x' };
      await expect(store().getBytes(ref)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    });

    it('stages files below a run, replaces them, and deletes those of that run only', async () => {
      const run = `runs/${randomUUID()}`;
      const ref = await store().stageFile(`${run}/out/é b.txt`, await file('first'));
      expect(ref.uri.endsWith(`/${run}/out/é b.txt`)).toBe(true);
      await store().stageFile(`${run}/out/é b.txt`, await file('second'));
      await store().stageFile(`${run}/a`, await file(''));
      await store().stageFile(`${run}0/a`, await file('of another run'));
      expect(await store().listStaged(run)).toEqual([`${run}/a`, `${run}/out/é b.txt`]);
      expect(await store().listStaged(`${run}/out/`)).toEqual([`${run}/out/é b.txt`]);
      const target = join(folder, randomUUID());
      await store().fetchStaged(`${run}/out/é b.txt`, target);
      expect(await readFile(target, 'utf8')).toBe('second');
      expect(await store().deleteStaged(run)).toBe(2);
      expect(await store().deleteStaged(`${run}/`)).toBe(0);
      expect(await store().listStaged(`${run}0`)).toEqual([`${run}0/a`]);
      await store().deleteStaged(`${run}0`);
    });

    it('lists the staging of every run', async () => {
      const keys = [`runs/${randomUUID()}/a`, `runs/${randomUUID()}/b/c`];
      for (const key of keys) await store().stageFile(key, await file('x'));
      const listed = await store().listStaged('runs/');
      expect(keys.filter((key) => listed.includes(key))).toEqual(keys);
      for (const key of keys) await store().deleteStaged(key.slice(0, key.lastIndexOf('/')));
    });

    it('notices that a staged object was changed', async () => {
      const key = `runs/${randomUUID()}/model`;
      const ref = await store().stageFile(key, await file('first'));
      await subject.damage(ref, Buffer.from('other'));
      await expect(store().fetchStaged(key, join(folder, 'x'))).rejects.toMatchObject({
        code: 'BLOB_CORRUPT',
      });
    });

    it.each(['blobs/x', 'runs', 'runs/', '', '/runs/a', 'runs//a', 'runs/../blobs/x', 'runsx/a'])(
      'refuses "%s" as a staging key or prefix',
      async (key) => {
        await expect(store().stageFile(key, await file('x'))).rejects.toMatchObject({ code: 'INTERNAL' });
        await expect(store().deleteStaged(key)).rejects.toMatchObject({ code: 'INTERNAL' });
      },
    );

    it('keeps a value under its key once, whoever comes later', async () => {
      const key = `audit/${randomUUID()}/1.json`;
      const before = Date.now();
      expect(await store().keepJson(key, { n: 1 })).toBe(true);
      expect(await store().keepJson(key, { n: 2 })).toBe(false);
      const { value, writtenAt } = await store().readKept(key);
      expect(value).toEqual({ n: 1 });
      // Stores tell the time of an object to the second.
      expect(Date.parse(writtenAt)).toBeGreaterThanOrEqual(before - 1000);
    });

    it('keeps one of several values that come at once', async () => {
      const key = `audit/${randomUUID()}/1.json`;
      const kept = await Promise.all([1, 2, 3].map((n) => store().keepJson(key, { n })));
      expect(kept.filter(Boolean)).toHaveLength(1);
      expect((await store().readKept(key)).value).toEqual({ n: kept.indexOf(true) + 1 });
    });

    it('lists what is kept below a folder, all of it or from a key on', async () => {
      const folder = `audit/${randomUUID()}`;
      for (const name of ['03', '01', '02']) await store().keepJson(`${folder}/${name}`, name);
      await store().keepJson(`${folder}0/01`, 'of another folder');
      const all = ['01', '02', '03'].map((name) => `${folder}/${name}`);
      expect(await store().listKept(folder)).toEqual(all);
      expect(await store().listKept(`${folder}/`, `${folder}/02`)).toEqual(all.slice(1));
      expect(await store().listKept(folder, `${folder}/04`)).toEqual([]);
    });

    it('names what is not kept, and what is kept and is not JSON', async () => {
      const key = `audit/${randomUUID()}`;
      await expect(store().readKept(key)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
      await store().keepJson(key, {});
      const broken = Buffer.from('{"n":');
      const ref = await store().putBytes(broken);
      await subject.damage({ ...ref, uri: ref.uri.replace(/blobs\/.*$/, key) }, broken);
      await expect(store().readKept(key)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
    });

    it.each(['audit', 'audit/', 'runs/a', 'blobs/x', '/audit/a', 'audit/../blobs/x', 'auditx/a'])(
      'refuses "%s" as a key to keep something under',
      async (key) => {
        await expect(store().keepJson(key, {})).rejects.toMatchObject({ code: 'INTERNAL' });
        await expect(store().readKept(key)).rejects.toMatchObject({ code: 'INTERNAL' });
      },
    );
  });
}
