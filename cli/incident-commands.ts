import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { printIncident, printIncidents } from './incident-print.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitEndpointPlace } from './split-name.js';
import { wholeNumber } from './whole-number.js';

const exampleId = 'inc-0123456789abcdef0123';

interface ListOptions extends GatewayOptions {
  readonly open?: boolean;
  readonly limit: number;
  readonly after?: string;
}

/** `ratchet incident list|show|explain|ack|close`. */
export function registerIncidentCommands(program: Command): void {
  const incident = program
    .command('incident')
    .description('what the monitoring found, and what followed')
    .addHelpText('after', '\nExample:\n  ratchet incident list --help');
  for (const register of [registerList, registerShow, registerExplain, registerAcknowledge, registerClose])
    register(incident);
}

function registerList(incident: Command): void {
  gatewayCommand(incident, 'list [place]', {
    about: 'incidents of a project or an endpoint, newest first, with whom each went to',
    example: 'ratchet incident list flights/web --open',
  })
    .option('--open', 'only those that are open')
    .option('--limit <count>', 'how many, 1 to 200', wholeNumber, 50)
    .option('--after <cursor>', 'the page after another one')
    .action(async (place: string | undefined, { open, limit, after, ...options }: ListOptions) => {
      const client = await openClient(options);
      const query = {
        ...splitEndpointPlace(place),
        ...(open ? { open: 'true' as const } : {}),
        ...(after === undefined ? {} : { after }),
        limit,
      };
      const page = await answered(client.GET('/api/v1/incidents', { params: { query } }));
      if (options.json) return printJson(page);
      printIncidents(page);
    });
}

function registerShow(incident: Command): void {
  gatewayCommand(incident, 'show <incident>', {
    about: 'one incident: what it is, whom it went to, and what became of it',
    example: `ratchet incident show ${exampleId}`,
  }).action((id: string, options: GatewayOptions) => show(id, options, false));
}

function registerExplain(incident: Command): void {
  gatewayCommand(incident, 'explain <incident>', {
    about: 'the chain of an incident: every window that saw it, the rule in words, the run that followed',
    example: `ratchet incident explain ${exampleId}`,
  }).action((id: string, options: GatewayOptions) => show(id, options, true));
}

async function show(id: string, options: GatewayOptions, explains: boolean): Promise<void> {
  const client = await openClient(options);
  const found = await answered(client.GET('/api/v1/incidents/{id}', { params: { path: { id } } }));
  if (options.json) return printJson(found);
  printIncident(found, explains);
}

function registerAcknowledge(incident: Command): void {
  gatewayCommand(incident, 'ack <incident>', {
    about: 'say that you look after an incident',
    example: `ratchet incident ack ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { id } };
    const found = await answered(client.POST('/api/v1/incidents/{id}/acknowledge', { params }));
    if (options.json) return printJson(found);
    printLine(`${id} is looked after by ${found.acknowledgedBy}`);
  });
}

function registerClose(incident: Command): void {
  gatewayCommand(incident, 'close <incident>', {
    about: 'close an incident; its cause opens another where it is seen again',
    example: `ratchet incident close ${exampleId} --reason "the sensor was changed"`,
  })
    .requiredOption('--reason <text>', 'why, for those who look at it later')
    .action(async (id: string, options: GatewayOptions & { readonly reason: string }) => {
      const client = await openClient(options);
      const body = { reason: options.reason };
      const params = { path: { id } };
      const found = await answered(client.POST('/api/v1/incidents/{id}/close', { params, body }));
      if (options.json) return printJson(found);
      printLine(`${id} is closed`);
    });
}
