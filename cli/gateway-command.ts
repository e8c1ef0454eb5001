import type { Command } from 'commander';
import { type StackFolderOptions, withStackFolder } from './stack-folder.js';

/** Options of every command that asks the gateway. */
export interface GatewayOptions extends StackFolderOptions {
  readonly url?: string;
  /** Whose token is used. */
  readonly as?: string;
  readonly json?: boolean;
}

/** A command that asks the gateway, with the options that all of them take. */
export function gatewayCommand(
  parent: Command,
  usage: string,
  words: { readonly about: string; readonly example: string },
): Command {
  const command = parent
    .command(usage)
    .description(words.about)
    .option('--url <address>', 'address of the gateway (default: RATCHET_URL, else the stack of --state-dir)')
    .option('--as <account>', 'whose token of ratchet sign-in is used (default: RATCHET_TOKEN, RATCHET_AS)')
    .option('--json', 'print JSON for programs');
  return withStackFolder(command).addHelpText('after', `\nExample:\n  ${words.example}`);
}
