import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerNewCommand, writeNewModel } from '../../cli/new-model.js';
import { checkTableSource } from '../../domain/config/check-data.js';
import { checkModelFeatures } from '../../domain/config/check-model.js';
import {
  parseFeatureView,
  parseModel,
  parseProject,
  parseTable,
} from '../../domain/config/configuration-files.js';
import { runCommand } from './run-command.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ratchet new '));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('ratchet new', () => {
  it('writes a repository whose configuration is good and carries the name', async () => {
    const folder = await writeNewModel('parcel-delay', parent);
    const read = (path: string) => readFile(join(folder, path), 'utf8');
    const project = parseProject(await read('ratchet.project.yaml'), 'ratchet.project.yaml');
    const model = parseModel(await read('ratchet.yaml'), 'ratchet.yaml');
    const table = parseTable(await read('tables/parcels.yaml'), 'tables/parcels.yaml');
    const view = parseFeatureView(await read('features/depot-lateness.yaml'), 'features/depot-lateness.yaml');
    expect(project).toMatchObject({ project: 'parcel-delay', models: [{ name: 'parcel-delay', path: '.' }] });
    expect(model).toMatchObject({ model: 'parcel-delay', dataset: { name: 'parcel-delay' } });
    expect(checkTableSource(table, project.sources)).toEqual([]);
    expect(checkModelFeatures(model, [view])).toEqual([]);
  });

  it('writes everything that the README names, and a .gitignore', async () => {
    const folder = await writeNewModel('parcel-delay', parent);
    expect((await readdir(folder)).sort()).toEqual([
      '.gitignore',
      'README.md',
      'data',
      'examples.sql',
      'features',
      'policy-tests',
      'policy.yaml',
      'ratchet.project.yaml',
      'ratchet.yaml',
      'tables',
      'training',
    ]);
    expect(await readFile(join(folder, 'README.md'), 'utf8')).not.toContain('my-model');
  });

  it('writes a policy that is good, and cases that come out as they say', async () => {
    const folder = await writeNewModel('parcel-delay', parent);
    const check = await runCommand(['policy', 'check', folder]);
    expect([check.exitCode, check.stdout]).toEqual([0, 'ok     policy.yaml\n']);
    const tried = await runCommand(['policy', 'test', folder]);
    expect(tried.exitCode).toBe(0);
    expect(tried.stdout.match(/^ {2}ok /gm)).toHaveLength(4);
    expect(tried.stdout).not.toContain('wrong');
  });

  it.each(['Parcel', 'parcel delay', '../parcel', '', 'a'.repeat(64), 'parcel--delay'])(
    'refuses the name "%s" and writes nothing',
    async (name) => {
      await expect(writeNewModel(name, parent)).rejects.toMatchObject({ code: 'NAME_INVALID' });
      expect(await readdir(parent)).toEqual([]);
    },
  );

  it('refuses to write where something is, even an empty folder', async () => {
    await mkdir(join(parent, 'parcel-delay'));
    await expect(writeNewModel('parcel-delay', parent)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await readdir(join(parent, 'parcel-delay'))).toEqual([]);
  });

  it('is a command with a description and an example', () => {
    const program = new Command();
    registerNewCommand(program);
    const [command] = program.commands;
    expect(command?.name()).toBe('new');
    expect(command?.description()).toContain('trains as it stands');
  });
});
