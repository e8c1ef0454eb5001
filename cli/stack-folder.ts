import { type Command, Option } from 'commander';

/** Options of every command about an embedded stack. */
export interface StackFolderOptions {
  readonly stateDir: string;
}

export function withStackFolder(command: Command): Command {
  return command.addOption(
    new Option('--state-dir <folder>', 'folder of the embedded stack')
      .env('RATCHET_STATE_DIR')
      .default('.ratchet'),
  );
}
