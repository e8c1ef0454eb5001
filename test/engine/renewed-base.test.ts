import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nativeAddons } from '../../activities/engine/image-context.js';
import { stageNodeBase } from '../../activities/engine/node-base.js';
import { keepNodeBase } from '../../activities/engine/node-base-image.js';
import type { ObservedEndpoint } from '../../domain/ports/deployment-target.js';
import { describeEngine, packageRoot } from './engine-room.js';
import { openTargetRoom, type TargetRoom } from './target-room.js';
import { openTestTarget } from './test-target.js';

const lost = `sha256:${'0'.repeat(64)}`;
const quiet = new AbortController().signal;
let room: TargetRoom;

async function answer({ at }: ObservedEndpoint): Promise<unknown> {
  const response = await fetch(`${at?.http}/predict`, { method: 'POST', body: '[1]' });
  return ((await response.json()) as { predictions?: readonly unknown[] }).predictions?.[0];
}

describeEngine('the base of images', () => {
  beforeAll(async () => {
    room = await openTargetRoom(`test-base-${process.pid}`);
    room.nextEndpoint();
  });
  afterAll(() => room.leave());

  it('is one image for one content, however often it is made anew, also once others are built on it', async () => {
    const { engine, base: known } = room;
    const folder = join(room.root, 'child');
    await mkdir(folder);
    await writeFile(join(folder, 'part'), 'x');
    const words = ['/usr/bin/node'];
    const recipe = { base: known, parts: ['part'], env: {}, ports: [], command: words, healthCheck: words };
    await engine.build({ folder, recipe, labels: {}, run: 'test' });
    const base = keepNodeBase(room.engine, join(room.root, 'bases'), packageRoot);
    expect(await base.get()).toBe(room.base);
    expect(await base.renew()).toBe(room.base);
    expect(await base.get()).toBe(room.base);
  });

  it('is made again where the engine has lost it', async () => {
    const images = { ...room.engine, importRoot: async () => ({ id: lost }) as never };
    const base = keepNodeBase(images, join(room.root, 'bases'), packageRoot);
    expect(await base.get()).toBe(lost);
    images.importRoot = room.engine.importRoot as never;
    expect(await base.get()).toBe(room.base);
  });

  it('may become another: the next deployment replaces the door, at the ports that it had', async () => {
    const live = await room.target.deploy(await room.wanted(1, 10), quiet);
    const folder = join(room.root, 'newer');
    await mkdir(folder);
    await stageNodeBase(folder, nativeAddons(packageRoot));
    await writeFile(join(folder, 'etc/newer'), 'a library of tomorrow');
    const { id: base } = await room.engine.importRoot(folder);
    expect(base).not.toBe(room.base);
    const next = await openTestTarget({ ...room, base }).deploy(await room.wanted(2, 20), quiet);
    expect(next.at).toEqual(live.at);
    expect(await answer(next)).toBe(21);
    const on = (await room.engine.containers()).filter(({ imageId }) => imageId === base);
    expect(on).toHaveLength(1);
  });
});
