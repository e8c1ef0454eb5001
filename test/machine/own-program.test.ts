import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { distIsBuilt, ownFile, ownProgram } from '../../machine/own-program.js';

const root = join(import.meta.dirname, '../..');
const from = pathToFileURL(join(root, 'serving/supervisor/host-process.ts')).href;

afterEach(() => void vi.unstubAllEnvs());

describe('a program of ours', () => {
  it('starts compiled from a source where dist/ is what the sources say', () => {
    vi.stubEnv(distIsBuilt, 'yes');
    expect(ownProgram(from, '../main')).toEqual({ file: join(root, 'dist/serving/main.js'), execArgv: [] });
  });

  it('starts as the source that it is, with a loader, where nothing says so', () => {
    vi.stubEnv(distIsBuilt, undefined);
    const { file, execArgv } = ownProgram(from, '../main');
    expect([file, ...execArgv]).toEqual([
      join(root, 'serving/main.ts'),
      '--import',
      expect.stringMatching(/^file:.*tsx/),
    ]);
    expect(ownFile(new URL('./model-thread', from)).isSource).toBe(true);
  });
});
