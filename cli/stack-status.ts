import type { Command } from 'commander';
import { type StackStatus, stackStatus } from '../stack/stack-status.js';
import { ago, printFacts, printJson, printLine, printTable } from './print.js';
import { type StackFolderOptions, withStackFolder } from './stack-folder.js';

interface StatusOptions extends StackFolderOptions {
  readonly json?: boolean;
}

const sentences = {
  none: 'no stack has run here; start one with: ratchet up',
  starting: 'starting',
  ready: 'running',
  stopping: 'stopping',
  stopped: 'stopped',
  crashed: 'its supervisor ended without stopping it; ratchet up recovers it, ratchet down ends what is left',
} as const;

/** `ratchet status`. */
export function registerStatus(program: Command): void {
  withStackFolder(program.command('status'))
    .description('what of the embedded stack runs, and where')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExample:\n  ratchet status --json')
    .action(({ stateDir, json }: StatusOptions) => {
      const status = stackStatus(stateDir);
      if (json === true) return printJson(status);
      show(status);
    });
}

function show(status: StackStatus): void {
  printFacts([
    ['state folder', status.stateDir],
    ['stack', sentences[status.state]],
    ['process', status.pid ?? undefined],
    ['since', status.state === 'ready' && status.startedAt !== null ? ago(status.startedAt) : undefined],
    ["Temporal's pages", status.state === 'ready' ? status.urls['temporalUi'] : undefined],
    [
      'database files',
      status.outside === null ? undefined : `${status.outside.folder}: ${status.outside.reason}`,
    ],
  ]);
  if (status.state === 'none') return;
  printLine();
  printTable(
    ['part', 'state', 'pid', 'address', 'restarts', 'last end', 'program'],
    status.parts.map((part) => [
      part.name,
      part.state,
      part.pid === null ? '-' : String(part.pid),
      part.address,
      part.restarts,
      part.lastExit,
      part.source,
    ]),
    'no part has been started',
  );
}
