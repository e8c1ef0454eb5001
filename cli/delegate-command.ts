import { type Command, Option } from 'commander';
import { type Role, roles } from '../domain/access/roles.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine, printTable } from './print.js';

interface DelegateOptions extends GatewayOptions {
  readonly to?: string;
  readonly role: Role;
  readonly until?: string;
  readonly end?: string;
}

/** `ratchet approval delegate`: makes, ends and lists delegations of a project. */
export function registerDelegate(approval: Command): void {
  gatewayCommand(approval, 'delegate <project>', {
    about: 'let another member vote in your place, for a time; without --to: who votes in whose place',
    example: 'ratchet approval delegate flights --to omar --until 2026-12-24T00:00:00Z',
  })
    .option('--to <account>', 'the member who votes in your place')
    .addOption(new Option('--role <role>', 'your role in which they vote').choices(roles).default('reviewer'))
    .option('--until <time>', 'with --to: when it ends, at most 90 days from now')
    .option('--end <id>', 'end a delegation at once; its id is in the list')
    .action(async (project: string, options: DelegateOptions) => {
      const { to, role, until, end } = options;
      const client = await openClient(options);
      const at = '/api/v1/projects/{project}/delegations';
      if (end !== undefined) {
        const params = { path: { project, id: end } };
        const ended = await answered(client.POST(`${at}/{id}/end`, { params }));
        return options.json ? printJson(ended) : printLine(`delegation ${end} is over`);
      }
      if (to === undefined) {
        const found = await answered(client.GET(at, { params: { path: { project } } }));
        if (options.json) return printJson(found);
        return printTable(
          ['delegation', 'from', 'to', 'as', 'until', 'ended'],
          found.delegations.map((row) => [row.id, row.from, row.to, row.role, row.until, row.endedAt]),
          'nobody votes in the place of another',
        );
      }
      const body = { to, role, until: instant(until) };
      const made = await answered(client.POST(at, { params: { path: { project } }, body }));
      if (options.json) return printJson(made);
      printLine(
        `${made.to} votes in the place of ${made.from} as ${made.role} until ${made.until}; to end it: --end ${made.id}`,
      );
    });
}

/** What is no time is for the gateway to refuse, in its words. */
function instant(text: string | undefined): string {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? (text ?? '') : new Date(ms).toISOString();
}
