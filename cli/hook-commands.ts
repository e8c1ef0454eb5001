import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { gatewayUrl, openClient } from './open-client.js';
import { ago, printFacts, printJson, printLine, printNote, printTable } from './print.js';
import { wholeNumber } from './whole-number.js';

/** `ratchet hook show|deliveries`. */
export function registerHookCommands(program: Command): void {
  const hook = program.command('hook').description('webhooks: how Git hosts and other programs tell of news');
  gatewayCommand(hook, 'show <project>', {
    about: 'address and secret for a Git host, and where they are filled in; that you looked is recorded',
    example: 'ratchet hook show flights',
  }).action(async (project: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { project } };
    const found = await answered(client.GET('/api/v1/projects/{project}/hook', { params }));
    const address = `${gatewayUrl(options)}${found.path}`;
    if (options.json) return printJson({ address, ...found });
    printHook({ address, ...found });
  });
  registerDeliveries(hook);
}

function registerDeliveries(hook: Command): void {
  gatewayCommand(hook, 'deliveries <project>', {
    about: 'webhooks and events that came, newest first, and what became of them',
    example: 'ratchet hook deliveries flights',
  })
    .option('--limit <count>', 'how many, 1 to 1000', wholeNumber, 50)
    .action(async (project: string, options: GatewayOptions & { limit: number }) => {
      const client = await openClient(options);
      const params = { path: { project }, query: { limit: options.limit } };
      const found = await answered(client.GET('/api/v1/projects/{project}/deliveries', { params }));
      if (options.json) return printJson(found);
      printTable(
        ['delivery', 'came', 'again', 'what', 'status', 'result'],
        found.deliveries.map((row) => [
          row.id,
          ago(row.receivedAt),
          row.repeats,
          row.what,
          row.status,
          row.result,
        ]),
        `nothing came yet: ratchet hook show ${project}`,
      );
    });
}

interface Hook {
  readonly address: string;
  readonly secret: string;
  readonly signingSecret: string;
}

/** What each sender calls its fields. */
const senders = [
  ['GitHub', 'Payload URL', 'Content type: application/json; Secret: the secret; Just the push event'],
  ['GitLab', 'URL', 'Secret token: the secret (or Signing token: the signing secret); Trigger: Push events'],
  ['Gitea', 'Target URL', 'POST, application/json; Secret: the secret; Trigger on: Push events'],
  ['Bitbucket', 'URL', 'Secret: the secret; Triggers: Repository push'],
  ['Standard Webhooks', 'URL', 'signing secret; CloudEvents too, in structured mode'],
] as const;

function printHook({ address, secret, signingSecret }: Hook): void {
  printFacts([
    ['address', address],
    ['secret', secret],
    ['signing secret', signingSecret],
  ]);
  printLine();
  printTable(['sender', 'the address is its', 'and beside'], senders, '');
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname)) {
    printNote('the address is of this machine alone: a Git host elsewhere needs one that it can reach');
  }
}
