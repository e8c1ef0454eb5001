import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { buildApplication } from '../../../../activities/serving/application/build-application.js';
import { testApplication } from '../../../../activities/serving/application/test-application.js';
import { applicationRoom, oneNumber } from './application-room.js';

const room = applicationRoom();
const build = async (files: Readonly<Record<string, string | null>> = {}) =>
  buildApplication(room.deps(), await room.source(files), await room.work());

const packageJson = (more: object) =>
  JSON.stringify({ name: 'x', type: 'module', scripts: { test: 'node --test' }, ...more });
const entry = (text: string) => ({ 'src/application.ts': text, 'src/application.test.ts': null });

describe('a built application', () => {
  it('is the same bytes for the same sources, and holds what runs and nothing of its tests', async () => {
    const [one, other] = [await build(), await build()];
    expect(other.sha256).toBe(one.sha256);
    expect((await readFile(one.bundlePath)).equals(await readFile(other.bundlePath))).toBe(true);
    const listed = execFileSync('tar', ['-tf', one.bundlePath], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(listed).toEqual([
      'README.md',
      'application.json',
      'gitignore',
      'package.json',
      'src/application.js',
      'src/ratchet.js',
      'tsconfig.json',
    ]);
    expect(one.description.api.version).toBe('1.0');
    expect(one.description.metrics).toMatchObject({ answers: { kind: 'counter', buckets: [] } });
  });

  it('is other bytes when a source changes', async () => {
    const changed = await build({ 'src/table.json': '{}' });
    expect(changed.sha256).not.toBe((await build()).sha256);
  });

  it('has run no script of its package, and read no settings of its folder', async () => {
    const marker = '/tmp/ratchet-hostile-package';
    const touch = `touch ${marker}`;
    const scripts = {
      test: 'node --test',
      preinstall: touch,
      install: touch,
      postinstall: touch,
      prepare: touch,
    };
    const lock = JSON.stringify({
      name: 'x',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'x' } },
    });
    const built = await build({
      'package.json': packageJson({ scripts }),
      'package-lock.json': lock,
      '.swcrc': '{ "jsc": { "experimental": { "plugins": [["./evil.wasm", {}]] } } }',
      '.npmrc': 'ignore-scripts=false\n',
    });
    expect(built.bytes).toBeGreaterThan(0);
    expect(existsSync(marker)).toBe(false);
  });

  it.each<[string, Readonly<Record<string, string | null>>, string, string]>([
    ['without package.json', { 'package.json': null }, 'APPLICATION_INVALID', 'there is no package.json'],
    ['with a package.json that is none', { 'package.json': '{' }, 'APPLICATION_INVALID', 'is not JSON'],
    [
      'that is no module',
      { 'package.json': '{"name":"x","scripts":{"test":"true"}}' },
      'APPLICATION_INVALID',
      'type must be "module"',
    ],
    [
      'without tests',
      { 'package.json': '{"name":"x","type":"module"}' },
      'APPLICATION_INVALID',
      'scripts must be an object with test',
    ],
    [
      'with packages and no lock file',
      { 'package.json': packageJson({ dependencies: { zod: '4.0.0' } }) },
      'APPLICATION_INVALID',
      'asks for "zod"',
    ],
    [
      'without an entry',
      { 'src/application.ts': null, 'src/application.test.ts': null },
      'APPLICATION_INVALID',
      'has no src/application.ts',
    ],
    [
      'that does not parse',
      entry('export const application = {'),
      'APPLICATION_FAILED',
      'src/application.ts does not compile',
    ],
    [
      'that exports something else',
      entry('export const app = 1;'),
      'APPLICATION_FAILED',
      'it exports no application',
    ],
    ['that throws as it loads', entry('throw new Error("no luck");'), 'APPLICATION_FAILED', 'no luck'],
    ['that ends as it loads', entry('process.exit(0);'), 'APPLICATION_FAILED', 'gave no answer'],
    ['that imports what is not there', entry("import 'left-pad';"), 'APPLICATION_FAILED', 'left-pad'],
    [
      'without preprocess',
      entry('export const application = { postprocess() {} };'),
      'APPLICATION_FAILED',
      'application.preprocess is no function',
    ],
    [
      'with an example that does not fit',
      entry(oneNumber({}).replace('[{ a: 1 }]', '[{ b: 1 }]')),
      'APPLICATION_INVALID',
      'application.examples.0 does not fit',
    ],
    [
      'with a version of 0',
      entry(oneNumber({}).replace("'1.0'", "'0.1'")),
      'APPLICATION_INVALID',
      'application.api.version',
    ],
    [
      'with a field of no type',
      entry(oneNumber({}).replace("{ type: 'number' }", '{}')),
      'APPLICATION_INVALID',
      'application.api.input.a.type',
    ],
    [
      'with metrics without bounds',
      entry(
        oneNumber({})
          .replace("['plus', 'minus']", JSON.stringify(Array.from({ length: 100 }, (_, i) => `v${i}`)))
          .replace('sign:', "t: Array.from({ length: 100 }, (_, i) => 'w' + i), sign:"),
      ),
      'APPLICATION_INVALID',
      'at most 1000 series',
    ],
    [
      'with a file that the build writes',
      { 'application.json': '{}' },
      'APPLICATION_INVALID',
      'is written by the build',
    ],
    [
      'with two files for one',
      { 'src/ratchet.js': '' },
      'APPLICATION_INVALID',
      'two files of the application become src/ratchet.js',
    ],
  ])('is refused %s', async (_, files, code, words) => {
    await expect(build(files)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('the tests of an application', () => {
  const run = async (files: Readonly<Record<string, string | null>> = {}) => {
    const work = await room.work();
    const ended = testApplication(room.deps(), await room.source(files), work);
    return { ended: await ended.catch((error: unknown) => error), log: await readFile(work.logFile, 'utf8') };
  };

  it('pass for the application that is written for a start, and leave their log', async () => {
    const { ended, log } = await run();
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(log).toMatch(/pass 4/);
  });

  it('fail with the end of their log', async () => {
    const { ended } = await run({
      'src/more.test.ts':
        "import { test } from 'node:test';\ntest('is odd', () => { throw new Error('not odd'); });\n",
    });
    expect(ended).toMatchObject({
      code: 'APPLICATION_FAILED',
      message: expect.stringMatching(/ended with exit code 1; the end of the log: .*not odd/s),
    });
  });

  it('reach no network, and nothing of the machine', async () => {
    const script = `
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
test('the network', () => assert.rejects(fetch('http://127.0.0.1:9/')));
test('names of the environment', () => {
  assert.deepEqual(Object.keys(process.env).filter((name) => /^(RATCHET|AWS|DATABASE)/.test(name)), []);
});
test('the state of the stack', () => assert.throws(() => readdirSync(${JSON.stringify(room.stateDir())})));
`;
    expect((await run({ 'src/reach.test.ts': script })).ended).toMatchObject({ exitCode: 0 });
  });

  it('end when nobody waits for them', async () => {
    const gone = new AbortController();
    const work = await room.work(gone.signal);
    const source = await room.source({ 'package.json': packageJson({ scripts: { test: 'sleep 100' } }) });
    const ended = testApplication(room.deps(), source, work);
    setTimeout(() => gone.abort(new Error('cancelled')), 1500);
    await expect(ended).rejects.toThrow('cancelled');
  });
});
