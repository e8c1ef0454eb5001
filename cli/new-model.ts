import type { Command } from 'commander';
import { copyTemplate } from './copy-template.js';
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
  const template = {
    what: 'a model',
    from: 'template',
    named: templateName,
    leftOut: ['__pycache__', '.venv'],
  };
  return await copyTemplate(template, name, parent);
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
