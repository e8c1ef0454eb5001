import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngineActivities, type EngineActivities } from '../../activities/engine/engine-activities.js';
import { engineLabels } from '../../domain/engine/labels.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { bundleOf } from './bundle-of.js';
import { describeEngine, type EngineRoom, openEngineRoom, packageRoot } from './engine-room.js';
import { openTestSwarm, openTestTarget } from './test-target.js';

let room: EngineRoom;
let activities: EngineActivities;

const within = <T>(work: () => Promise<T>): Promise<T> => new MockActivityEnvironment().run(work);

async function stored(bytes: Uint8Array): Promise<BlobRef> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(room.root, 'store', sha256), bytes);
  return { uri: `s3://store/blobs/${sha256}`, sha256, bytes: bytes.length };
}

/** Names of the files in all layers of an archive. */
async function filesIn(archive: Uint8Array): Promise<readonly string[]> {
  const names: string[] = [];
  const entries = extract();
  entries.end(archive);
  for await (const entry of entries) {
    const { name, type } = entry.header;
    if (!name.endsWith('/layer.tar')) {
      if (type === 'file') names.push(name);
      entry.resume();
      continue;
    }
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece as Buffer);
    names.push(...(await filesIn(Buffer.concat(pieces))));
  }
  return names;
}

const input = (application: BlobRef | null) => ({ application, commit: 'c1', model: 'tiny/adds', run: 'r1' });

describeEngine('the image of a serving host', () => {
  beforeAll(async () => {
    room = await openEngineRoom(`test-image-${process.pid}`);
    const { engine, root, base } = room;
    await mkdir(join(root, 'store'));
    activities = createEngineActivities({
      engine,
      root,
      packageRoot,
      base: async () => base,
      renewBase: async () => base,
      target: openTestTarget(room),
      swarmTarget: openTestSwarm(room),
      blobs: {
        fetchFile: ({ sha256 }, path) => copyFile(join(root, 'store', sha256), path),
        stageFile: async (_, path) => stored(await readFile(path)),
      },
    });
  });
  afterAll(() => room.leave());

  it('holds the application of its bundle and no model, is built once, and is stored as an archive', async () => {
    const application = await stored(
      await bundleOf([{ name: 'application.js', text: 'export const application = {};' }]),
    );
    const first = await within(() => activities.buildServingImage(input(application)));
    const again = await within(() => activities.buildServingImage({ ...input(application), run: 'r2' }));
    expect([first.isReused, again]).toEqual([false, { ...first, isReused: true }]);
    expect(first.labels).toMatchObject({
      [engineLabels.commit]: 'c1',
      [engineLabels.model]: 'tiny/adds',
      [engineLabels.run]: 'r1',
    });
    const archive = await within(() => activities.storeImageArchive(first.image));
    const names = await filesIn(await readFile(join(room.root, 'store', archive.sha256)));
    expect(names).toEqual(
      expect.arrayContaining(['app/application/application.js', 'app/dist/serving/main.js']),
    );
    // What is not run there is not there: models, the control plane, other systems' libraries, types.
    const notRun =
      /\.onnx$|app\/dist\/(gateway|workflows|workers|cli)\/|@temporalio|\/(darwin|win32)\/|\.d\.ts$/;
    expect(names.filter((name) => notRun.test(name))).toEqual([]);
  });
});
