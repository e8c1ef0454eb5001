import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printTable } from './print.js';

/** `ratchet member list`. */
export function registerMemberCommands(program: Command): void {
  const member = program
    .command('member')
    .description('members of projects: they and their roles come from ratchet.project.yaml');
  gatewayCommand(member, 'list <project>', {
    about: 'who is what, and the commit that says so',
    example: 'ratchet member list flights',
  }).action(async (project: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { project } };
    const found = await answered(client.GET('/api/v1/projects/{project}/members', { params }));
    if (options.json) return printJson(found);
    printTable(
      ['member', 'roles', 'in commits', 'by commit'],
      found.members.map((row) => [
        row.account,
        row.roles.join(', '),
        row.emails.join(', '),
        row.commit.slice(0, 12),
      ]),
      'no member: add them to "members" in ratchet.project.yaml',
    );
  });
}
