import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { namePattern } from '../domain/names.js';
import { packageRoot } from '../stack/package-root.js';
import { printJson, printLine } from './print.js';

/** What the template calls its project, model and dataset. */
const templateName = 'my-model';

/** `ratchet new`. */
export function registerNewCommand(program: Command): void {
  program
    .command('new <name>')
    .description('a model repository that trains as it stands, in a new folder of that name')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExample:\n  ratchet new parcel-delay')
    .action(async (name: string, options: { json?: boolean }) => {
      const folder = await writeNewModel(name, process.cwd());
      if (options.json) printJson({ name, folder });
      else printNextSteps(name, folder);
    });
}

/**
 * Writes the template under another name into `<parent>/<name>` and gives that path.
 * Errors: `NAME_INVALID`, `CONFLICT` where something is there already.
 */
export async function writeNewModel(name: string, parent: string): Promise<string> {
  if (!namePattern.test(name)) {
    const came = JSON.stringify(name.slice(0, 80));
    const allowed =
      'a name has lower case letters, digits and single dashes inside, begins with a letter, and has at most 63 characters';
    throw new RatchetError('NAME_INVALID', `${came} is no name for a model; ${allowed}`, { name });
  }
  const folder = resolve(parent, name);
  if (existsSync(folder)) {
    throw new RatchetError('CONFLICT', `${folder} is there already; choose another name or another folder`, {
      folder,
    });
  }
  await cp(join(packageRoot(), 'examples/template'), folder, {
    recursive: true,
    errorOnExist: true,
    force: false,
    filter: (path) => !['__pycache__', '.venv'].includes(basename(path)),
  });
  // Package registries leave out files of that name.
  await rename(join(folder, 'gitignore'), join(folder, '.gitignore'));
  for (const file of await readdir(folder))
    if (/\.(md|yaml)$/.test(file)) await giveName(join(folder, file), name);
  return folder;
}

async function giveName(path: string, name: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replaceAll(templateName, () => name),
  );
}

function printNextSteps(name: string, folder: string): void {
  printLine(`${folder} holds a model that trains as it stands, on invented data. Next:`);
  for (const step of [
    `cd ${name}`,
    'git init --initial-branch=main && git add . && git commit -m "First model"',
    'ratchet up --detach',
    'ratchet project add --repo "$PWD"',
    `ratchet run start ${name}/${name}`,
  ]) {
    printLine(`  ${step}`);
  }
}
