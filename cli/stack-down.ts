import type { Command } from 'commander';
import { stopStack } from '../stack/stop-stack.js';
import { printLine } from './print.js';
import { type StackFolderOptions, withStackFolder } from './stack-folder.js';

const sentences = {
  stopped: 'the stack is stopped',
  'orphans ended': 'what a crash had left is ended',
  'nothing ran': 'nothing ran',
} as const;

/** `ratchet down`. */
export function registerDown(program: Command): void {
  withStackFolder(program.command('down'))
    .description('stop the embedded stack, or what a crash of it left; data stays')
    .addHelpText('after', '\nExample:\n  ratchet down')
    .action(async ({ stateDir }: StackFolderOptions) => {
      const outcome = await stopStack(stateDir, (part, text) => printLine(`${part}: ${text}`));
      printLine(`${sentences[outcome]} (${stateDir})`);
    });
}
