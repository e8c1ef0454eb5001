import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLauncher } from '../../../activities/adapters/launcher/create-launcher.js';
import type { IsolationTier, Launcher } from '../../../domain/ports/launcher.js';
import { projectOpener, withFiles } from './small-project.js';

const open = projectOpener();

describe('a dataset built in the best isolation there is', () => {
  let stateDir: string;
  let launcher: Launcher;
  const tiers = new Set<IsolationTier>();
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'data launcher '));
    await chmod(stateDir, 0o755);
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).trim();
    const real = createLauncher({ stateDir, python });
    launcher = {
      inspect: real.inspect,
      launch: async (spec, signal) => {
        const result = await real.launch(spec, signal);
        tiers.add(result.tier);
        return result;
      },
    };
  });
  afterAll(async () => await rm(stateDir, { recursive: true, force: true }));

  it('is the one that is built without', async () => {
    const project = await open();
    const plain = await project.build();
    Object.assign(project.deps, { launcher });
    const { record } = await project.publish();
    expect(record.digest).toBe(plain.digest);
    expect(await project.rebuild('1')).toMatchObject({ digest: plain.digest });
    expect([...tiers]).toEqual([(await launcher.inspect()).tier]);
  });

  it('is refused with the same words', async () => {
    const project = await open(withFiles({ 'models/late/examples.sql': 'select nope from trips' }));
    Object.assign(project.deps, { launcher });
    await expect(project.build()).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: expect.stringMatching(/^models\/late\/examples\.sql: line 1: .*nope/),
    });
  });
});
