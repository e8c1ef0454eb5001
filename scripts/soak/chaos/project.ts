import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../stack/package-root.js';
import { commitAll } from '../../bench/commit-all.js';
import { epochs, secondsPerEpoch } from './plan.js';

/** A repository with the smallest model there is, whose training takes some seconds and keeps checkpoints. */
export async function createChaosProject(folder: string, project: string): Promise<string> {
  await copyTinyModel(folder, project);
  await cp(join(fixtures(), 'chaos-training'), join(folder, 'training'), { recursive: true });
  await replace(join(folder, 'models/tiny/ratchet.yaml'), [
    ['[python3, train.py]', '[sh, train.sh]'],
    ['{ epochs: 0, seconds_per_epoch: 0.1 }', `{ epochs: ${epochs}, seconds_per_epoch: ${secondsPerEpoch} }`],
  ]);
  await commitAll(folder);
  return folder;
}

/** The same, whose training is over at once. */
export async function createQuickProject(folder: string, project: string): Promise<string> {
  await copyTinyModel(folder, project);
  await commitAll(folder);
  return folder;
}

async function copyTinyModel(folder: string, project: string): Promise<void> {
  await cp(join(fixtures(), 'tiny-model'), folder, { recursive: true });
  await replace(join(folder, 'ratchet.project.yaml'), [['project: tiny', `project: ${project}`]]);
}

const fixtures = () => join(packageRoot(), 'test/fixtures');

async function replace(path: string, changes: readonly (readonly [string, string])[]): Promise<void> {
  const before = await readFile(path, 'utf8');
  const after = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${path} does not say "${from}"`);
    return text.replace(from, to);
  }, before);
  await writeFile(path, after);
}
