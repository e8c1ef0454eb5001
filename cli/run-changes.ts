import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine, statusText } from './print.js';
import { watchRun } from './run-watch.js';
import { splitName } from './split-name.js';

interface StartOptions extends GatewayOptions {
  readonly ref?: string;
  readonly variant?: string;
  readonly id?: string;
  readonly watch?: boolean;
}

/** `ratchet run start`. The id is made here, so that a start that is sent twice is one run. */
export function registerStart(run: Command): void {
  gatewayCommand(run, 'start <model>', {
    about: 'train a model at a commit',
    example: 'ratchet run start flights/late-arrival --variant random-forest --watch',
  })
    .option('--ref <ref>', 'branch, tag or commit (default: the ref of the project)')
    .option('--variant <name>', 'a variant of the model')
    .option('--id <uuid>', 'run id; the same id again is the same run')
    .option('--watch', 'follow it to its end')
    .action(async (text: string, options: StartOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'model');
      const body = {
        id: options.id ?? randomUUID(),
        project,
        model: name,
        ...(options.ref === undefined ? {} : { ref: options.ref }),
        ...(options.variant === undefined ? {} : { variant: options.variant }),
      };
      const started = await answered(client.POST('/api/v1/runs', { body }));
      if (options.watch) return watchRun(client, started.id, options.json === true);
      if (options.json) return printJson(started);
      printLine(started.id);
      printLine(`follow it with: ratchet run watch ${started.id}`);
    });
}

/** `ratchet run cancel`. */
export function registerCancel(run: Command): void {
  gatewayCommand(run, 'cancel <run>', {
    about: 'stop a run; nothing of it is left but its history',
    example: 'ratchet run cancel 019a1b2c-3d4e-7f80-8123-456789abcdef',
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));
    if (options.json) return printJson(found);
    const words = found.endedAt === null ? 'is being cancelled' : `has ended: ${statusText(found.status)}`;
    printLine(`${found.id} ${words}`);
  });
}

/** `ratchet run resume`. */
export function registerResume(run: Command): void {
  gatewayCommand(run, 'resume <run>', {
    about: 'go on with an ended run from the first step whose inputs changed',
    example: 'ratchet run resume 019a1b2c-3d4e-7f80-8123-456789abcdef --watch',
  })
    .option('--ref <ref>', 'branch, tag or commit with the fix (default: the ref of the run)')
    .option('--watch', 'follow it to its end')
    .action(async (id: string, options: GatewayOptions & { ref?: string; watch?: boolean }) => {
      const client = await openClient(options);
      const body = options.ref === undefined ? {} : { ref: options.ref };
      const found = await answered(
        client.POST('/api/v1/runs/{id}/resume', { params: { path: { id } }, body }),
      );
      if (options.watch) return watchRun(client, id, options.json === true);
      if (options.json) return printJson(found);
      printLine(`${found.id} goes on from ${found.ref}`);
      printLine(`follow it with: ratchet run watch ${found.id}`);
    });
}
