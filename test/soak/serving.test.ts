import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedsOfCommit } from '../../scripts/soak/seeds-of-commit.js';
import { playServing } from '../../scripts/soak/serving/play-serving.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratchet soak '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('answers every request with what is its own, through reloads, beside a slow model and bad requests', async () => {
  const { seeds } = await seedsOfCommit();
  const played = await playServing(seeds[0] ?? 1, 2000, join(folder, 'models'));
  expect(played).toMatchObject({ seed: seeds[0], violations: [] });
  expect([...played.answers.values()].reduce((sum, count) => sum + count, 0)).toBe(2000);
  expect(played.reloads).toBeGreaterThan(0);
  expect(played.healthChecks).toBeGreaterThan(0);
});
