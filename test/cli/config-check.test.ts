import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const example = join(import.meta.dirname, '../../examples/flight-delay');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'a model with blanks '));
  await cp(example, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const check = (...more: string[]) => runCommand(['config', 'check', folder, ...more]);

/** Replaces text in a file; a text that is not there would make a test that proves nothing. */
async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

describe('ratchet config check', () => {
  it('finds nothing in the example, and names every file of it', async () => {
    const { exitCode, stdout, stderr } = await check();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').filter((line) => line.startsWith('ok     '))).toHaveLength(20);
    expect(stdout).not.toContain('wrong');
  });

  it('names everything that is wrong in many files at once, with its place', async () => {
    await change('ratchet.project.yaml', 'version: 1', 'version: 2');
    await change('tables/flights.yaml', 'version: 1', 'version: one\ncolour: red');
    await change('features/carrier-delays.yaml', 'window: 24 hours', 'window: a day');
    await writeFile(join(folder, 'features/odd.yaml'), '"unclosed\n');
    const { exitCode, stdout, stderr } = await check();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^CONFIG_INVALID: 4 of \d+ files are wrong\n$/);
    const wrong = stdout.split('\n').filter((line) => line.startsWith('wrong  '));
    expect(wrong).toContain('wrong  ratchet.project.yaml:1:10: version is number 2, allowed is 1');
    expect(wrong).toContain('wrong  tables/flights.yaml:1:10: version is text "one", allowed is 1');
    expect(
      wrong.find((line) => line.startsWith('wrong  tables/flights.yaml:2:1: colour is an unknown key')),
    ).toBeDefined();
    expect(wrong.find((line) => line.includes('features/carrier-delays.yaml'))).toContain(
      'window is text "a day"',
    );
    expect(wrong.find((line) => line.includes('features/odd.yaml'))).toBeDefined();
  });

  it('names an endpoint of two models, and serving code that is not there', async () => {
    const serving = (name: string, app: string) => `\nserving:\n  ${name}: {application: {path: ${app}}}\n`;
    const files = ['arrival-delay', 'odd-weather'].map((name) => join(folder, `models/${name}/ratchet.yaml`));
    await mkdir(join(folder, 'apps/web'), { recursive: true });
    for (const [at, file] of files.entries())
      await writeFile(
        file,
        `${await readFile(file, 'utf8')}${serving('web', at === 0 ? 'apps/web' : 'apps/no')}`,
      );
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(2);
    const wrong = stdout.split('\n').filter((line) => line.startsWith('wrong  '));
    expect(wrong).toEqual([
      expect.stringMatching(
        /arrival-delay\/ratchet\.yaml:\d+:3: serving\.web is the name of an endpoint of arrival-delay and of odd-weather/,
      ),
      expect.stringMatching(
        /odd-weather\/ratchet\.yaml:\d+:3: serving\.web is the name of an endpoint of odd-weather and of arrival-delay/,
      ),
      expect.stringMatching(
        /odd-weather\/ratchet\.yaml:\d+:\d+: serving\.web\.application\.path is apps\/no, which is not there/,
      ),
    ]);
  });

  it('gives programs the places, file by file', async () => {
    await change('ratchet.project.yaml', 'version: 1', 'version: 2');
    const { exitCode, json } = await check('--json');
    expect(exitCode).toBe(2);
    expect(json.files[0]).toEqual({
      file: 'ratchet.project.yaml',
      ok: false,
      problems: [
        {
          text: 'ratchet.project.yaml:1:10: version is number 2, allowed is 1',
          line: 1,
          column: 10,
          path: 'version',
        },
      ],
    });
    expect(json.files[1]).toEqual({ file: 'tables/flights.yaml', ok: true, problems: [] });
  });

  it.each([
    [
      'a source that the project does not allow',
      'tables/planes.yaml',
      'source: lake',
      'source: attic',
      'source is attic',
    ],
    [
      'a table called otherwise than its file',
      'tables/planes.yaml',
      'name: planes',
      'name: plane',
      'name is plane, allowed is planes',
    ],
    [
      'a query that is not there',
      'tables/flights.yaml',
      'query: tables/flights.sql',
      'query: tables/none.sql',
      'tables/none.sql, which is not there',
    ],
    [
      'a view over a table that is not there',
      'features/carrier-delays.yaml',
      'tables: [flights]',
      'tables: [flight]',
      'tables/flight.yaml, which is not there',
    ],
    [
      'a model called otherwise than in the project',
      'models/late-arrival/ratchet.yaml',
      'model: late-arrival',
      'model: late',
      'allowed is late-arrival, as ratchet.project.yaml calls it',
    ],
    [
      'a feature view that is not there',
      'models/late-arrival/ratchet.yaml',
      '- plane-facts',
      '- plane-fact',
      'features/plane-fact.yaml, which is not there',
    ],
    [
      'examples that are not there',
      'models/late-arrival/ratchet.yaml',
      'examples: models/late-arrival/examples.sql',
      'examples: nowhere.sql',
      'nowhere.sql, which is not there',
    ],
    [
      'training code that is not there',
      'models/late-arrival/ratchet.yaml',
      'path: training',
      'path: trainer',
      'trainer, which is not there',
    ],
  ])('finds %s', async (_, file, from, to, words) => {
    await change(file, from, to);
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(2);
    const wrong = stdout.split('\n').filter((line) => line.startsWith('wrong  '));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(new RegExp(`^wrong  ${file}:\\d+:\\d+: `));
    expect(wrong[0]).toContain(words);
  });

  it('says that there is no such folder', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['config', 'check', '/nowhere/at/all']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe('CONFIG_MISSING: /nowhere/at/all is no folder\n');
  });

  it('says that a folder holds no project', async () => {
    await rm(join(folder, 'ratchet.project.yaml'));
    await rm(join(folder, 'tables'), { recursive: true });
    await rm(join(folder, 'features'), { recursive: true });
    const { exitCode, stdout, stderr } = await check();
    expect(exitCode).toBe(2);
    expect(stdout).toBe('wrong  ratchet.project.yaml: there is no such file\n');
    expect(stderr).toBe('CONFIG_INVALID: 1 of 1 files is wrong\n');
  });

  it('takes a model whose file is a folder, or whose folder is a file, for one without a file', async () => {
    await rm(join(folder, 'models/late-arrival/ratchet.yaml'));
    await mkdir(join(folder, 'models/late-arrival/ratchet.yaml'));
    await rm(join(folder, 'models/odd-weather'), { recursive: true });
    await writeFile(join(folder, 'models/odd-weather'), 'a file');
    const { stdout } = await check();
    for (const model of ['late-arrival', 'odd-weather']) {
      expect(stdout).toContain(`wrong  models/${model}/ratchet.yaml: there is no such file\n`);
    }
  });

  it('does not send what a file holds to the terminal as orders', async () => {
    await change('ratchet.project.yaml', 'version: 1', 'version: "\\e]0;owned\\a"');
    const { stdout } = await check();
    expect(stdout).not.toContain('\u001b');
  });
});
