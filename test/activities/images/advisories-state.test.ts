import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { advisoriesState } from '../../../activities/images/advisories-state.js';

let folder: string;
let file: string;
const at = new Date('2026-05-01T00:00:00Z');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'advisories '));
  file = join(folder, 'npm', 'all.zip');
  await mkdir(join(folder, 'npm'));
  await writeFile(file, 'one');
  await utimes(file, at, at);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is the same for as long as no file is another, and none without a folder', async () => {
  expect(await advisoriesState(null)).toBeNull();
  const state = await advisoriesState(folder);
  expect(state).toMatch(/^[0-9a-f]{64}$/);
  expect(await advisoriesState(folder)).toBe(state);
});

it.each<[string, () => Promise<unknown>]>([
  ['longer', () => writeFile(file, 'longer').then(() => utimes(file, at, at))],
  ['written again at the same length', () => writeFile(file, 'two')],
  ['joined by another', () => writeFile(join(folder, 'metadata.json'), '{}')],
  ['gone', () => rm(file)],
  ['gone with the folder', () => rm(folder, { recursive: true })],
])('is another once a file is %s', async (_, change) => {
  const before = await advisoriesState(folder);
  await change();
  expect(await advisoriesState(folder)).not.toBe(before);
});
