import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { ago, printJson, printTable } from './print.js';

/** `ratchet worker list`. */
export function registerWorkerCommands(program: Command): void {
  const worker = program
    .command('worker')
    .description('workers: the processes that do the work')
    .addHelpText('after', '\nExample:\n  ratchet worker list --help');
  gatewayCommand(worker, 'list', {
    about: 'workers by queue, with free slots',
    example: 'ratchet worker list',
  }).action(async (options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/workers'));
    if (options.json) return printJson(found);
    printTable(
      ['queue', 'host', 'pid', 'busy', 'free', 'alive', 'seen'],
      found.workers.map((row) => [
        row.queue,
        row.host,
        row.pid === null ? null : String(row.pid),
        row.slots?.used,
        row.slots?.free,
        row.alive ? 'yes' : 'no',
        ago(row.lastSeen),
      ]),
      'no worker has been heard of: ratchet up starts them, and each reports every few seconds',
    );
  });
}
