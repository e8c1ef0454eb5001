import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../stack/package-root.js';
import { commitAll } from './commit-all.js';

/** Parts of a repository that is as large as a whole company's. */
interface Size {
  readonly models: number;
  readonly files: number;
}

export const wideModel = (index: number): string => `model-${index}`;

/** A file of the training code of one model alone. */
export const wideTrainingFile = (index: number): string => `models/${wideModel(index)}/training/part-0.py`;

/** A repository of many models, each with training code of its own, at one commit. */
export async function createWideProject(folder: string, { models, files }: Size): Promise<string> {
  await cp(join(packageRoot(), 'test/fixtures/tiny-model'), folder, { recursive: true });
  const tiny = join(folder, 'models/tiny');
  const text = await readFile(join(tiny, 'ratchet.yaml'), 'utf8');
  const names = Array.from({ length: models }, (_, index) => wideModel(index));
  const each = Math.floor(files / models) - 2;
  for (const name of names) {
    const training = join(folder, 'models', name, 'training');
    await mkdir(training, { recursive: true });
    await cp(join(tiny, 'examples.sql'), join(folder, 'models', name, 'examples.sql'));
    await writeFile(join(folder, 'models', name, 'ratchet.yaml'), named(text, name));
    for (let part = 0; part < each; part += 1)
      await writeFile(join(training, `part-${part}.py`), `# ${name}, part ${part}\n`);
  }
  await rm(tiny, { recursive: true });
  await writeFile(join(folder, 'ratchet.project.yaml'), projectText(names));
  await commitAll(folder);
  return folder;
}

/** The tiny model under another name, with its training code below it. */
function named(text: string, name: string): string {
  return text
    .replace('model: tiny', `model: ${name}`)
    .replace('models/tiny/', `models/${name}/`)
    .replace('path: training', `path: models/${name}/training`)
    .replace('command: [python3, train.py]', 'command: [python3, part-0.py]');
}

function projectText(names: readonly string[]): string {
  return [
    'version: 1',
    'project: wide',
    'models:',
    ...names.map((name) => `  - { name: ${name}, path: models/${name} }`),
    'sources:',
    '  files: { kind: repository, path: data }',
    '',
  ].join('\n');
}
