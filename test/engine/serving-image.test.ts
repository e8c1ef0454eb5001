import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { extract, pack } from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngineActivities, type EngineActivities } from '../../activities/engine/engine-activities.js';
import { engineLabels } from '../../domain/engine/labels.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { codeOf } from '../conformance/error-code.js';
import { describeEngine, type EngineRoom, openEngineRoom, packageRoot } from './engine-room.js';
import { openTestTarget } from './test-target.js';

let room: EngineRoom;
let activities: EngineActivities;

const within = <T>(work: () => Promise<T>): Promise<T> => new MockActivityEnvironment().run(work);

async function stored(bytes: Uint8Array): Promise<BlobRef> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(room.root, 'store', sha256), bytes);
  return { uri: `s3://store/blobs/${sha256}`, sha256, bytes: bytes.length };
}

async function bundle(
  entries: readonly (Parameters<ReturnType<typeof pack>['entry']>[0] & { text?: string })[],
) {
  const tar = pack();
  for (const { text, ...header } of entries) tar.entry(header, text ?? '');
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  return stored(Buffer.concat(pieces));
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
      target: openTestTarget(room),
      blobs: {
        fetchFile: ({ sha256 }, path) => copyFile(join(root, 'store', sha256), path),
        putFile: async (path) => stored(await readFile(path)),
      },
    });
  });
  afterAll(() => room.leave());

  it('holds the application of its bundle and no model, is built once, and is stored as an archive', async () => {
    const application = await bundle([{ name: 'application.js', text: 'export const application = {};' }]);
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

  it.each<[string, Parameters<typeof bundle>[0]]>([
    ['a name that leads out', [{ name: '../x', text: 'x' }]],
    ['an absolute name', [{ name: '/etc/x', text: 'x' }]],
    ['a link', [{ name: 'x', type: 'symlink', linkname: '/etc/passwd' }]],
    ['a hard link', [{ name: 'x', type: 'link', linkname: '/etc/passwd' }]],
    ['a device', [{ name: 'x', type: 'character-device' }]],
    [
      'a name twice',
      [
        { name: 'x', text: '1' },
        { name: './x', text: '2' },
      ],
    ],
  ])('is not built of a bundle with %s', async (_, entries) => {
    const application = await bundle(entries);
    expect(await codeOf(within(() => activities.buildServingImage(input(application))))).toBe(
      'APPLICATION_INVALID',
    );
  });

  it('is not built of half a bundle', async () => {
    const whole = await bundle([{ name: 'x', text: 'x'.repeat(4096) }]);
    const bytes = await readFile(join(room.root, 'store', whole.sha256));
    const half = await stored(bytes.subarray(0, 1500));
    expect(await codeOf(within(() => activities.buildServingImage(input(half))))).toBe('APPLICATION_INVALID');
  });
});
