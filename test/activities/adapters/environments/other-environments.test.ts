import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEnvironments } from '../../../../activities/adapters/environments/create-environments.js';
import { installerEnvironment } from '../../../../activities/adapters/environments/installer.js';
import type { EnvironmentSpec } from '../../../../domain/ports/environments.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'environments '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open = () => createEnvironments({ stateDir: join(folder, 'state') });
const node = (packages: object, lock: object = { lockfileVersion: 3 }): EnvironmentSpec => ({
  kind: 'node',
  manifest: JSON.stringify({
    name: 'trainer',
    version: '1.0.0',
    scripts: { preinstall: 'touch /tmp/ratchet-pwned' },
  }),
  lock: JSON.stringify({
    name: 'trainer',
    version: '1.0.0',
    ...lock,
    packages: { '': { name: 'trainer', version: '1.0.0' }, ...packages },
  }),
});

describe('a Node environment', () => {
  it('is reached by a link in the working copy, and runs no scripts', async () => {
    const environment = await open().prepare(node({}), {});
    const [link] = environment.links ?? [];
    expect(link?.from).toBe('node_modules');
    const modules = link?.to ?? '';
    expect(environment.env['RATCHET_NODE_MODULES']).toBe(modules);
    expect(environment.readOnly.some((part) => modules.startsWith(part))).toBe(true);
    expect(existsSync('/tmp/ratchet-pwned')).toBe(false);

    mkdirSync(join(modules, 'probe'), { recursive: true });
    writeFileSync(
      join(modules, 'probe', 'package.json'),
      '{"name":"probe","type":"module","exports":"./index.js"}',
    );
    writeFileSync(join(modules, 'probe', 'index.js'), 'export const answer = 42;');
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    symlinkSync(modules, join(copy, 'node_modules'));
    writeFileSync(join(copy, 'train.mjs'), "import { answer } from 'probe'; console.log(answer);");
    const printed = execFileSync('node', ['train.mjs'], {
      cwd: copy,
      env: { ...environment.env },
    }).toString();
    expect(printed.trim()).toBe('42');
  }, 60_000);

  it.each([
    ['a link', { 'node_modules/a': { link: true, resolved: '../../etc' } }, /not a package of a registry/],
    ['a folder', { 'packages/a': { version: '1.0.0' } }, /not a package of a registry/],
    [
      'a path that climbs',
      { 'node_modules/../../a': { version: '1.0.0', integrity: 'sha512-x' } },
      /not a package/,
    ],
    [
      'http',
      { 'node_modules/a': { resolved: 'http://example.org/a.tgz', integrity: 'sha512-x' } },
      /not https/,
    ],
    [
      'git',
      { 'node_modules/a': { resolved: 'git+ssh://git@example.org/a.git#1', integrity: 'sha512-x' } },
      /not https/,
    ],
    ['a file', { 'node_modules/a': { resolved: 'file:../a.tgz', integrity: 'sha512-x' } }, /not https/],
    [
      'no digest',
      { 'node_modules/a': { resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' } },
      /without a digest/,
    ],
  ])('does not take a lock file with %s', async (_, packages, reason) => {
    const work = open().prepare(node(packages), {});
    await expect(work).rejects.toMatchObject({ code: 'ENVIRONMENT_FAILED' });
    await expect(open().prepare(node(packages), {})).rejects.toThrow(reason);
  });

  it('does not take what is no lock file, and leaves nothing', async () => {
    const before = readdirSync(join(folder, 'state/environments')).filter(
      (name) => !name.endsWith('.lock'),
    ).length;
    await expect(open().prepare(node({}, { lockfileVersion: 1 }), {})).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
    });
    await expect(open().prepare({ kind: 'node', manifest: '{}', lock: 'x' }, {})).rejects.toThrow(
      /not a lock file/,
    );
    const after = readdirSync(join(folder, 'state/environments')).filter(
      (name) => !name.endsWith('.lock'),
    ).length;
    expect(after).toBe(before);
  });

  it("fails with npm's words where lock file and manifest differ", async () => {
    const spec = {
      ...node({}),
      manifest: JSON.stringify({ name: 'trainer', dependencies: { left: '1.0.0' } }),
    } as EnvironmentSpec;
    await expect(open().prepare(spec, {})).rejects.toThrow(
      /could not install the packages of the lock file: .*npm/s,
    );
  }, 60_000);
});

describe('no environment', () => {
  it('is what the machine has', async () => {
    const environment = await open().prepare({ kind: 'none' }, {});
    expect(environment).toMatchObject({ readOnly: [], env: { PATH: process.env['PATH'] } });
    expect(environment.digest).toBe(await open().digest({ kind: 'none' }));
  });
});

describe('installers', () => {
  it('see where packages come from, and no secret of this process', () => {
    const kept = {
      PATH: '/bin',
      HOME: '/h',
      PIP_INDEX_URL: 'u',
      https_proxy: 'p',
      HTTPS_PROXY: 'p',
      npm_config_registry: 'r',
      SSL_CERT_FILE: 'c',
    };
    const lost = {
      DATABASE_URL: 'x',
      RATCHET_S3_SECRET_KEY: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      TEMPORAL_API_KEY: 'x',
      PYTHONPATH: 'x',
      NODE_OPTIONS: 'x',
      LD_PRELOAD: 'x',
    };
    expect(installerEnvironment({ ...kept, ...lost })).toEqual(kept);
  });
});
