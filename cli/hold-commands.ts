import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitName } from './split-name.js';

interface Stop {
  readonly verb: 'hold' | 'release';
  readonly about: string;
  readonly example: string;
  readonly done: string;
}

const stops: readonly Stop[] = [
  {
    verb: 'hold',
    about: 'let no event start a run of a model; what comes meanwhile waits, or is told why not',
    example: 'ratchet model hold flights/late-arrival --reason "the source is being moved"',
    done: 'is held',
  },
  {
    verb: 'release',
    about: 'end a hold: what waited begins',
    example: 'ratchet model release flights/late-arrival --reason "the source has moved"',
    done: 'is released',
  },
];

/** `ratchet model hold|release`. */
export function registerHoldCommands(model: Command): void {
  for (const { verb, about, example, done } of stops)
    gatewayCommand(model, `${verb} <model>`, { about, example })
      .requiredOption('--reason <text>', 'why')
      .action(async (text: string, options: GatewayOptions & { reason: string }) => {
        const client = await openClient(options);
        const { project, name } = splitName(text, 'model');
        const params = { path: { project, model: name } };
        const body = { reason: options.reason };
        const hold = await answered(
          client.POST(`/api/v1/models/{project}/{model}/${verb}`, { params, body }),
        );
        if (options.json) return printJson(hold);
        printLine(`${text} ${done}`);
      });
}
