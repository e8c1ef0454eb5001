import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweepUnused } from '../../../activities/platform/sweep-unused.js';
import { createBlobNames } from '../../../db/blob-names.js';
import { openBlobStore } from '../../../db/blobs/open-blob-store.js';
import { openBlobKeeper } from '../../../db/blobs/s3-blob-keeper.js';
import { createDatasetStore } from '../../../db/datasets.js';
import { createRunStore } from '../../../db/runs.js';
import type { BlobKeeper, BlobNames, BlobRef, BlobStore } from '../../../domain/ports/blobs.js';
import { manifestOf } from '../../conformance/dataset-manifest.js';
import { newRun } from '../../conformance/run-store-subject.js';
import { freshBucket } from '../../setup/stack.js';
import { type DatabaseRoom, openDatabaseRoom } from '../database-room.js';

const dayMs = 24 * 60 * 60 * 1000;
const unusedMs = 90 * dayMs;

let room: DatabaseRoom;
let names: BlobNames;
let project: string;
let blobs: BlobStore & { close(): void };
let keeper: BlobKeeper & { close(): void };
beforeAll(async () => {
  room = await openDatabaseRoom();
  names = createBlobNames(room.database);
});
beforeEach(async () => {
  const bucket = await freshBucket();
  blobs = openBlobStore(bucket);
  keeper = openBlobKeeper(bucket);
  project = await room.newProject();
  return () => {
    blobs.close();
    keeper.close();
  };
});
afterAll(() => room.close());

/** A sweep as it would be so many days from now. */
const sweepAfter = (days: number, by: BlobNames = names) =>
  sweepUnused({ keeper, names: by, unusedMs }, Date.now() + days * dayMs);
const some = () => blobs.putBytes(randomBytes(50));
const digests = async (list: Promise<readonly { readonly sha256: string }[]>) =>
  (await list).map(({ sha256 }) => sha256).sort();

/** A version whose files are these objects. */
async function publish(files: { train: BlobRef; validation: BlobRef; test: BlobRef }): Promise<BlobRef> {
  const definition = await blobs.putJson({ project, madeOf: 'something' });
  const manifest = manifestOf(project, 'a', { files, definition });
  const ref = await blobs.putJson(manifest);
  await createDatasetStore(room.database).publish(manifest, ref, null);
  return ref;
}

describe('an object that no row names', () => {
  it('stays for as long as a run may take, is then set aside, and is deleted after as long again', async () => {
    const ref = await some();
    expect(await sweepAfter(89)).toEqual({ setAside: 0, broughtBack: 0, deleted: 0 });
    expect(await sweepAfter(91)).toEqual({ setAside: 1, broughtBack: 0, deleted: 0 });
    expect([await digests(keeper.list()), await digests(keeper.listSetAside())]).toEqual([[], [ref.sha256]]);
    expect(await sweepAfter(89)).toEqual({ setAside: 0, broughtBack: 0, deleted: 0 });
    expect(await sweepAfter(91)).toEqual({ setAside: 0, broughtBack: 0, deleted: 1 });
    expect(await blobs.exists(ref)).toBe(false);
  });

  it('comes back for whoever reads it or asks for it, and is new again', async () => {
    const [read, asked, put] = [await some(), await some(), randomBytes(300 * 1024)];
    const putRef = await blobs.putBytes(put);
    await sweepAfter(91);
    expect(await keeper.list()).toEqual([]);
    expect((await blobs.getBytes(read)).length).toBe(50);
    expect(await blobs.exists(asked)).toBe(true);
    expect(await blobs.putBytes(put)).toEqual(putRef);
    await sweepAfter(89);
    expect(await digests(keeper.list())).toEqual([read, asked, putRef].map(({ sha256 }) => sha256).sort());
  });
});

describe('what a row names', () => {
  it('is never touched, nor is what that names: the files of a version', async () => {
    const files = { train: await some(), validation: await some(), test: await some() };
    await publish(files);
    const before = await digests(keeper.list());
    for (const days of [91, 182, 273])
      expect(await sweepAfter(days)).toEqual({ setAside: 0, broughtBack: 0, deleted: 0 });
    expect(await digests(keeper.list())).toEqual(before);
  });

  it('is found inside of the result of a step, and in the draft that it leads to', async () => {
    const runs = createRunStore(room.database);
    const { run } = await runs.create(newRun(project, 'one'));
    const file = await some();
    const draft = await blobs.putJson({ files: [file] });
    const fence = await runs.beginStep({ runId: run.id, name: 'build', attempt: 1, worker: 'w' });
    await runs.endStep(run.id, 'build', fence, { status: 'succeeded', reason: null, result: { draft } });
    expect(await sweepAfter(91)).toMatchObject({ setAside: 0 });
  });

  it('is whole when it was registered while the sweep had looked already, over objects that were there', async () => {
    const files = { train: await some(), validation: await some(), test: await some() };
    const racing: BlobNames = {
      async namedByRows() {
        const seen = await names.namedByRows();
        for (const ref of Object.values(files)) expect(await blobs.exists(ref)).toBe(true);
        await publish(files);
        return seen;
      },
    };
    expect((await sweepAfter(91, racing)).setAside).toBeGreaterThanOrEqual(3);
    const all = Object.values(files);
    for (const ref of all) expect((await blobs.getBytes(ref)).length).toBe(50);
    for (const days of [91, 182, 273]) expect(await sweepAfter(days)).toMatchObject({ deleted: 0 });
    for (const ref of all) expect(await blobs.exists(ref)).toBe(true);
    expect(await keeper.listSetAside()).toEqual([]);
  });

  it('is brought back by the next sweep, manifest and files, though nobody asked for it', async () => {
    const files = { train: await some(), validation: await some(), test: await some() };
    await sweepAfter(91);
    expect(await keeper.list()).toEqual([]);
    await publish(files);
    expect(await sweepAfter(91)).toMatchObject({ broughtBack: 3, setAside: 0 });
    expect(await keeper.listSetAside()).toEqual([]);
    for (const ref of Object.values(files)) expect(await blobs.exists(ref)).toBe(true);
  });
});
