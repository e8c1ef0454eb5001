import type { Command } from 'commander';
import { copyTemplate } from './copy-template.js';
import { printJson, printLine } from './print.js';

/** `ratchet new-app`. */
export function registerNewAppCommand(program: Command): void {
  program
    .command('new-app <name>')
    .description('a serving application with its own tests, in a new folder of that name')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExample:\n  ratchet new-app parcel-desk')
    .action(async (name: string, options: { json?: boolean }) => {
      const folder = await writeNewApp(name, process.cwd());
      if (options.json) printJson({ name, folder });
      else printNextSteps(name, folder);
    });
}

/**
 * Writes the template under another name into `<parent>/<name>` and gives that path.
 * Errors: `NAME_INVALID`, `CONFLICT` where something is there already.
 */
export async function writeNewApp(name: string, parent: string): Promise<string> {
  const template = {
    what: 'an application',
    from: 'serving-template',
    named: 'my-app',
    leftOut: ['node_modules'],
  };
  return await copyTemplate(template, name, parent);
}

function printNextSteps(name: string, folder: string): void {
  printLine(`${folder} holds a serving application that passes its own tests. Next:`);
  for (const step of [
    `cd ${name} && npm test    # Node 22.18 or newer`,
    `git add ${name} && git commit -m "First serving code"`,
    `name its path under serving: in the ratchet.yaml of a model, and push`,
  ]) {
    printLine(`  ${step}`);
  }
}
