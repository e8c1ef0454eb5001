import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeHalfBuilt } from '../../activities/engine/serving-image.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'half-built-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('takes away what killed builds left, and nothing else of the agent', async () => {
  for (const name of ['image-a1b2c3/context', 'base-d4e5f6', 'endpoints/p/e', 'files', 'doors'])
    await mkdir(join(root, name), { recursive: true });
  await removeHalfBuilt(root);
  expect((await readdir(root)).toSorted()).toEqual(['doors', 'endpoints', 'files']);
});

it('is content where there is no folder yet, and makes it', async () => {
  const other = join(root, 'engine');
  await removeHalfBuilt(other);
  expect(await readdir(other)).toEqual([]);
});
