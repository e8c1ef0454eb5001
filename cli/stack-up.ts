import type { Command } from 'commander';
import { detachStack } from './stack-detach.js';
import { type StackFolderOptions, withStackFolder } from './stack-folder.js';
import { runInForeground } from './stack-foreground.js';

interface UpOptions extends StackFolderOptions {
  readonly detach?: boolean;
  readonly fresh?: boolean;
  readonly ui: boolean;
}

/** `ratchet up`. */
export function registerUp(program: Command): void {
  withStackFolder(program.command('up'))
    .description('start the embedded stack: Temporal, Postgres, S3, the workers and the gateway')
    .option('-d, --detach', 'return when it is ready; ratchet down ends it')
    .option('--fresh', 'forget everything the state folder holds')
    .option('--no-ui', "leave Temporal's pages out")
    .addHelpText(
      'after',
      [
        '',
        'A part that the environment gives an address for is not started: TEMPORAL_ADDRESS, DATABASE_URL with',
        'DATABASE_OWNER_URL, RATCHET_S3_ENDPOINT. Ports are picked, or RATCHET_GATEWAY_PORT and RATCHET_STACK_*_PORT.',
        "The first start makes the accounts of the demo's people, who sign in once ratchet account code gave them a code.",
        '',
        'Examples:',
        '  ratchet up                  with a log, until Ctrl-C',
        '  ratchet up --detach',
        "  ratchet up --state-dir '/srv/my team' --fresh",
      ].join('\n'),
    )
    .action(async ({ stateDir, ui, detach, fresh }: UpOptions) => {
      const options = { stateDir, ui, fresh: fresh === true };
      await (detach === true ? detachStack(options) : runInForeground(options));
    });
}
