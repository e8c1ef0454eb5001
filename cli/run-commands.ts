import type { Command } from 'commander';
import { answered, answeredText } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { printLog } from './log-print.js';
import { openClient } from './open-client.js';
import { printJson } from './print.js';
import { registerCancel, registerResume, registerStart } from './run-changes.js';
import { printComparison } from './run-compare-print.js';
import { registerRunList } from './run-list.js';
import { printRun } from './run-print.js';
import { watchRun } from './run-watch.js';

const exampleId = '019a1b2c-3d4e-7f80-8123-456789abcdef';

/** `ratchet run start|list|show|watch|logs|cancel|resume|compare`. */
export function registerRunCommands(program: Command): void {
  const run = program
    .command('run')
    .description('runs: one training each, from a commit to a registered version')
    .addHelpText('after', '\nExample:\n  ratchet run list --help');
  for (const register of [
    registerStart,
    registerRunList,
    registerShow,
    registerWatch,
    registerLogs,
    registerCancel,
    registerResume,
    registerCompare,
  ]) {
    register(run);
  }
}

function registerShow(run: Command): void {
  gatewayCommand(run, 'show <run>', {
    about: 'one run: its steps, what it waits for, what was refused',
    example: `ratchet run show ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
    if (options.json) return printJson(found);
    printRun(found);
  });
}

function registerWatch(run: Command): void {
  gatewayCommand(run, 'watch <run>', {
    about: 'follow a run to its end: step, progress, what it waits for, attempt and next try',
    example: `ratchet run watch ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) =>
    watchRun(await openClient(options), id, options.json === true),
  );
}

function registerLogs(run: Command): void {
  gatewayCommand(run, 'logs <run>', {
    about: 'the log of a step; of a program of the policy with --step policy-<program>',
    example: `ratchet run logs ${exampleId} --step train`,
  })
    .option('--step <step>', 'which step', 'train')
    .action(async (id: string, options: GatewayOptions & { step: string }) => {
      const client = await openClient(options);
      const path = { id, step: options.step };
      const text = await answeredText(
        client.GET('/api/v1/runs/{id}/logs/{step}', { params: { path }, parseAs: 'text' }),
      );
      printLog(options.step, text, options.json === true);
    });
}

function registerCompare(run: Command): void {
  gatewayCommand(run, 'compare <run> <run...>', {
    about: 'what differs between runs: code, data, configuration, numbers',
    example: `ratchet run compare ${exampleId} 019a1b2c-9999-7f80-8123-456789abcdef`,
  }).action(async (first: string, others: string[], options: GatewayOptions) => {
    const client = await openClient(options);
    const query = { ids: [first, ...others].join(',') };
    const found = await answered(client.GET('/api/v1/runs/compare', { params: { query } }));
    if (options.json) return printJson(found);
    printComparison(found);
  });
}
