import type { Command } from 'commander';
import { printableLine } from '../domain/printable.js';
import { answered } from './answered.js';
import { registerRelease, registerRollBack, registerScale } from './endpoint-changes.js';
import { registerPredict } from './endpoint-predict.js';
import { printEndpoint, printEndpoints } from './endpoint-print.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine, printNote } from './print.js';
import { splitName } from './split-name.js';
import { wholeNumber } from './whole-number.js';

/** `ratchet endpoint list|show|predict|logs|release|rollback|scale`. */
export function registerEndpointCommands(program: Command): void {
  const endpoint = program
    .command('endpoint')
    .description('endpoints: where models answer requests')
    .addHelpText('after', '\nExample:\n  ratchet endpoint list --help');
  for (const register of [
    registerList,
    registerShow,
    registerPredict,
    registerLogs,
    registerRelease,
    registerRollBack,
    registerScale,
  ])
    register(endpoint);
}

function registerList(endpoint: Command): void {
  gatewayCommand(endpoint, 'list [project]', {
    about: 'endpoints as Git declares them, with what is live and where it answers',
    example: 'ratchet endpoint list flights',
  }).action(async (project: string | undefined, options: GatewayOptions) => {
    const client = await openClient(options);
    const query = project === undefined ? {} : { project };
    const found = await answered(client.GET('/api/v1/endpoints', { params: { query } }));
    if (options.json) return printJson(found);
    printEndpoints(found);
  });
}

function registerShow(endpoint: Command): void {
  gatewayCommand(endpoint, 'show <endpoint>', {
    about: 'one endpoint: where it answers, what runs of it, and what was live when',
    example: 'ratchet endpoint show flights/web',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const { project, name } = splitName(text, 'endpoint');
    const path = { project, endpoint: name };
    const found = await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}', { params: { path } }));
    if (options.json) return printJson(found);
    printEndpoint(found);
  });
}

function registerLogs(endpoint: Command): void {
  gatewayCommand(endpoint, 'logs <endpoint>', {
    about: 'the newest lines that the replicas of an endpoint wrote',
    example: 'ratchet endpoint logs flights/web --lines 50',
  })
    .option('--lines <count>', 'how many, 1 to 1000', wholeNumber, 200)
    .action(async (text: string, options: GatewayOptions & { readonly lines: number }) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const params = { path: { project, endpoint: name }, query: { lines: options.lines } };
      const found = await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}/logs', { params }));
      if (options.json) return printJson(found);
      if (found.lines.length === 0) printNote(`nothing of ${text} wrote anything`);
      for (const line of found.lines) printLine(printableLine(line));
    });
}
