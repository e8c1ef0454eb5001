import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNewApp } from '../../cli/new-app.js';
import { runCommand } from './run-command.js';

const compiler = join(import.meta.dirname, '../../node_modules/typescript-native/bin/tsc');

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ratchet app '));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('ratchet new-app', () => {
  it('writes an application whose types are good and that carries the name', async () => {
    const folder = await writeNewApp('parcel-desk', parent);
    expect((await readdir(folder)).sort()).toEqual([
      '.gitignore',
      'README.md',
      'package.json',
      'src',
      'tsconfig.json',
    ]);
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', folder]);
    expect(stdout).toBe('');
    expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).toMatchObject({
      name: 'parcel-desk',
    });
    expect(await readFile(join(folder, 'README.md'), 'utf8')).not.toContain('my-app');
  });

  it.each(['Desk', '../desk', ''])('refuses the name "%s" and writes nothing', async (name) => {
    await expect(writeNewApp(name, parent)).rejects.toMatchObject({
      code: 'NAME_INVALID',
      message: expect.stringContaining('is no name for an application'),
    });
    expect(await readdir(parent)).toEqual([]);
  });

  it('refuses to write where something is', async () => {
    await mkdir(join(parent, 'desk'));
    await expect(writeNewApp('desk', parent)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await readdir(join(parent, 'desk'))).toEqual([]);
  });

  it('says what is wrong with a name', async () => {
    const { exitCode, stderr } = await runCommand(['new-app', 'Not A Name', '--json']);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^NAME_INVALID: /)]);
  });
});
