import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import {
  type DuckdbJob,
  type JobResults,
  type JobStep,
  runDuckdbJob,
} from '../../../../activities/adapters/duckdb/index.js';
import { createDirectLauncher } from '../../data/direct-launcher.js';

/** A fresh folder for each test, with a space in its path, and jobs that run in it. */
export interface JobFolder {
  path(name?: string): string;
  run(
    steps: readonly JobStep[],
    changes?: Partial<DuckdbJob>,
    options?: Parameters<typeof runDuckdbJob>[2],
  ): Promise<JobResults>;
}

export function jobFolder(): JobFolder {
  const launcher = createDirectLauncher();
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'duckdb job '));
  });
  afterEach(async () => await rm(folder, { recursive: true, force: true }));
  return {
    path: (name = '') => join(folder, name),
    run: async (steps, changes = {}, options = {}) =>
      await runDuckdbJob(
        launcher,
        {
          key: 'k',
          fence: 1,
          name: 'test',
          folder,
          threads: 1,
          memoryMiB: 256,
          wallMs: 60_000,
          diskMiB: 256,
          steps,
          ...changes,
        },
        options,
      ),
  };
}
