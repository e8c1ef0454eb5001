import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printableLine } from '../domain/printable.js';
import { printJson, printLine } from './print.js';

/** `ratchet config check`. */
export function registerConfigCommands(program: Command): void {
  const config = program
    .command('config')
    .description('the files that people write in Git')
    .addHelpText('after', '\nExample:\n  ratchet config check --help');
  config
    .command('check [folder]')
    .description(
      'every configuration file of a model repository: file, line, column, what came, what is allowed',
    )
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExample:\n  ratchet config check ./flight-delay')
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      // Checking policies takes the CEL library, which other commands should not wait for.
      const { checkFolder } = await import('./config-check/check-folder.js');
      const files = await checkFolder(resolve(folder ?? '.'));
      if (options.json) printJson({ files });
      else {
        for (const { file, ok, problems } of files) {
          if (ok) printLine(`ok     ${printableLine(file)}`);
          for (const { text } of problems) printLine(`wrong  ${printableLine(text)}`);
        }
      }
      const wrong = files.filter(({ ok }) => !ok).length;
      if (wrong > 0)
        throw new RatchetError(
          'CONFIG_INVALID',
          `${wrong} of ${files.length} files ${wrong === 1 ? 'is' : 'are'} wrong`,
        );
    });
}
