import { type Command, Option } from 'commander';
import { type AccountKind, accountKinds } from '../domain/ports/accounts.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { ago, printJson, printLine, printTable } from './print.js';

interface AddOptions extends GatewayOptions {
  readonly kind: AccountKind;
  readonly email?: string;
  readonly admin?: boolean;
  readonly code: boolean;
}

/** `ratchet account add|list|disable|code`. */
export function registerAccountCommands(program: Command): void {
  const account = program
    .command('account')
    .description('accounts of people and machines, for administrators');
  for (const register of [registerAdd, registerList, registerDisable, registerCode]) register(account);
}

function registerAdd(account: Command): void {
  gatewayCommand(account, 'add <name>', {
    about: 'make an account; a person gets a code to sign in with, once',
    example: 'ratchet account add lisa --email lisa@example.org',
  })
    .addOption(new Option('--kind <kind>', 'who it is').choices(accountKinds).default('person'))
    .option('--email <address>', 'address that OpenID Connect verifies')
    .option('--admin', 'administers the platform, and may not vote by that')
    .option('--no-code', 'make the account alone; ratchet account code gives a code later')
    .action(async (name: string, options: AddOptions) => {
      const client = await openClient(options);
      const { kind, email, admin = false, code } = options;
      const body = { name, kind, admin, code, ...(email === undefined ? {} : { email }) };
      const made = await answered(client.POST('/api/v1/accounts', { body }));
      if (options.json) return printJson(made);
      printLine(`${name} is there`);
      if (made.code !== null) printCode(made);
      else if (kind === 'machine')
        printLine(`give it a token: ratchet token create --account ${name} --label <what for>`);
      else if (!code) printLine(`a code to sign in with: ratchet account code ${name}`);
      else printLine('they sign in by OpenID Connect: ratchet sign-in');
    });
}

function registerList(account: Command): void {
  gatewayCommand(account, 'list', { about: 'all accounts', example: 'ratchet account list --json' }).action(
    async (options: GatewayOptions) => {
      const client = await openClient(options);
      const found = await answered(client.GET('/api/v1/accounts'));
      if (options.json) return printJson(found);
      printTable(
        ['account', 'kind', 'email', 'administers', 'disabled', 'made'],
        found.accounts.map((row) => [
          row.name,
          row.kind,
          row.email,
          row.admin ? 'yes' : 'no',
          row.disabledAt && ago(row.disabledAt),
          ago(row.createdAt),
        ]),
        'no account yet: ratchet account add <name>',
      );
    },
  );
}

function registerDisable(account: Command): void {
  gatewayCommand(account, 'disable <name>', {
    about: 'turn an account off: its tokens and codes are worth nothing from then on',
    example: 'ratchet account disable lisa',
  }).action(async (name: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { account: name } };
    const found = await answered(client.POST('/api/v1/accounts/{account}/disable', { params }));
    if (options.json) return printJson(found);
    printLine(`${name} is disabled`);
  });
}

function registerCode(account: Command): void {
  gatewayCommand(account, 'code <name>', {
    about: 'give a person another code to sign in with, once',
    example: 'ratchet account code lisa',
  }).action(async (name: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { account: name } };
    const made = await answered(client.POST('/api/v1/accounts/{account}/set-up-code', { params }));
    if (options.json) return printJson(made);
    printCode(made);
  });
}

function printCode({ account, code, expiresAt }: components['schemas']['SetUpCode']): void {
  printLine(`give ${account} this, which works once and until ${expiresAt}:`);
  printLine(`  ratchet sign-in --code ${code}`);
}
