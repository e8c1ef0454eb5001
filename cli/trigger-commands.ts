import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitName } from './split-name.js';
import { registerTriggerList } from './trigger-list.js';
import { printEvent } from './trigger-print.js';
import { waitForEvent } from './trigger-wait.js';

const exampleId = '019a1b2c-3d4e-7f80-8123-456789abcdef';

interface FireOptions extends GatewayOptions {
  readonly reason?: string;
  readonly key?: string;
  readonly wait?: boolean;
}

/** `ratchet trigger list|show|fire|veto`. */
export function registerTriggerCommands(program: Command): void {
  const trigger = program
    .command('trigger')
    .description('what starts runs: pushes, timetables, new data, events, alarms, people')
    .addHelpText('after', '\nExample:\n  ratchet trigger list --help');
  for (const register of [registerTriggerList, registerShow, registerFire, registerVeto]) register(trigger);
}

function registerShow(trigger: Command): void {
  gatewayCommand(trigger, 'show <event>', {
    about: 'one event: what it says, and what became of it or what it waits for',
    example: `ratchet trigger show ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/triggers/{id}', { params: { path: { id } } }));
    if (options.json) return printJson(found);
    printEvent(found);
  });
}

function registerFire(trigger: Command): void {
  gatewayCommand(trigger, 'fire <model>', {
    about: 'ask for a run by hand; it waits for a run in flight, and for no cool-down, budget or veto',
    example: 'ratchet trigger fire flights/late-arrival --reason "the labels were mended" --wait',
  })
    .option('--reason <text>', 'for whoever reads it in a year')
    .option('--key <text>', 'of your own: the same key again is the same event')
    .option('--wait', 'follow it until a run starts by it; refused with 3 where none does')
    .action(async (text: string, options: FireOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'model');
      const fired = await answered(
        client.POST('/api/v1/models/{project}/{model}/fire', {
          params: {
            path: { project, model: name },
            header: options.key === undefined ? {} : { 'idempotency-key': options.key },
          },
          body: options.reason === undefined ? {} : { reason: options.reason },
        }),
      );
      if (options.wait) return waitForEvent(client, fired, options.json === true);
      if (options.json) return printJson(fired);
      printLine(fired.id);
      printLine(`what becomes of it: ratchet trigger show ${fired.id}`);
    });
}

function registerVeto(trigger: Command): void {
  gatewayCommand(trigger, 'veto <model>', {
    about: 'stop the automatic run that is announced; refused with 3 where none is',
    example: 'ratchet trigger veto flights/late-arrival --reason "the source is being mended"',
  })
    .requiredOption('--reason <text>', 'why')
    .action(async (text: string, options: GatewayOptions & { reason: string }) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'model');
      const params = { path: { project, model: name } };
      const body = { reason: options.reason };
      const found = await answered(client.POST('/api/v1/models/{project}/{model}/veto', { params, body }));
      if (options.json) return printJson(found);
      printLine(`the run of ${text} is stopped; events that asked for it: ${found.events}`);
    });
}
