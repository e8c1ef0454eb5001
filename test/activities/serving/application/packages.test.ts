import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildApplication } from '../../../../activities/serving/application/build-application.js';
import { testApplication } from '../../../../activities/serving/application/test-application.js';
import { applicationRoom, oneNumber } from './application-room.js';
import { type LocalRegistry, serveRegistry } from './local-registry.js';

const room = applicationRoom();
let folder: string;
let registry: LocalRegistry;
let marker: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry '));
  marker = join(folder, 'a script ran');
  const touch = `touch "${marker}"`;
  const scripts = { preinstall: touch, install: touch, postinstall: touch };
  registry = await serveRegistry(folder, [
    {
      name: 'scaling',
      code: 'export const scale = (x) => x * 3;',
      manifest: { scripts, bin: { scaling: 'index.js' } },
    },
    { name: 'checking', code: 'export const isGood = () => true;', manifest: { scripts } },
  ]);
  vi.stubEnv('npm_config_registry', registry.url);
  vi.stubEnv('npm_config_cache', join(folder, 'cache'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await registry.close();
  await rm(folder, { recursive: true });
});

/** An application that needs one package to run, and another for its tests. */
function files(changes: { readonly integrity?: string } = {}): Readonly<Record<string, string | null>> {
  const needs = { dependencies: { scaling: '1.0.0' }, devDependencies: { checking: '1.0.0' } };
  const { scaling, checking } = registry.locked;
  const lock = {
    name: 'x',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'x', ...needs },
      'node_modules/scaling': {
        ...scaling,
        ...changes,
        hasInstallScript: true,
        bin: { scaling: 'index.js' },
      },
      'node_modules/checking': { ...checking, dev: true, hasInstallScript: true },
    },
  };
  return {
    'package.json': JSON.stringify({ name: 'x', type: 'module', scripts: { test: 'node --test' }, ...needs }),
    'package-lock.json': JSON.stringify(lock),
    'src/application.ts': oneNumber({
      top: "import { scale } from 'scaling';",
      preprocess: 'return { x: scale(row.a) };',
    }),
    'src/application.test.ts': `
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGood } from 'checking';
import { application } from './application.ts';
test('scales', () => assert.deepEqual([isGood(), application.preprocess({ a: 2 }, {})], [true, { x: 6 }]));
`,
  };
}

describe('packages of an application', () => {
  it('travel with it where it runs with them, and no script of any of them has run', async () => {
    const built = await buildApplication(room.deps(), await room.source(files()), await room.work());
    const listed = execFileSync('tar', ['-tf', built.bundlePath], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(listed.filter((name) => name.startsWith('node_modules/'))).toEqual([
      'node_modules/scaling/index.js',
      'node_modules/scaling/package.json',
    ]);
    expect(existsSync(marker)).toBe(false);
    const again = await buildApplication(room.deps(), await room.source(files()), await room.work());
    expect(again.sha256).toBe(built.sha256);
  });

  it('are all there for its tests', async () => {
    const work = await room.work();
    expect(await testApplication(room.deps(), await room.source(files()), work)).toMatchObject({
      exitCode: 0,
    });
    expect(existsSync(marker)).toBe(false);
  });

  it('are those of the lock file, byte for byte', async () => {
    const other = files({ integrity: `sha512-${Buffer.alloc(64).toString('base64')}` });
    await expect(
      buildApplication(room.deps(), await room.source(other), await room.work()),
    ).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: expect.stringMatching(/integrity|EINTEGRITY/),
    });
  });
});
