import { type Command, InvalidArgumentError } from 'commander';
import { type Action, actions } from '../domain/access/roles.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { ago, printJson, printLine, printTable } from './print.js';

type Scope = Exclude<Action, 'public' | 'account'>;

interface CreateOptions extends GatewayOptions {
  readonly label: string;
  readonly account?: string;
  readonly scopes?: Scope[];
  readonly project?: string;
  readonly days: number;
}

/** `ratchet token create|list|revoke`. */
export function registerTokenCommands(program: Command): void {
  const token = program.command('token').description('tokens for programs: narrowed, expiring, shown once');
  for (const register of [registerCreate, registerList, registerRevoke]) register(token);
}

function registerCreate(token: Command): void {
  gatewayCommand(token, 'create', {
    about: 'make a token for yourself, or as an administrator for a machine account',
    example: 'ratchet token create --label nightly --scopes read,run --project flights --days 30',
  })
    .requiredOption('--label <text>', 'what it is for, in a word')
    .option('--account <name>', 'a machine account')
    .option('--scopes <actions>', 'all that it may do, comma between', scopesOf)
    .option('--project <project>', 'the one project that it is for')
    .option('--days <count>', 'how long it is good, 1 to 366', wholeNumber, 90)
    .action(async (options: CreateOptions) => {
      const client = await openClient(options);
      const { label, days, account, scopes, project } = options;
      const narrowed = { ...(scopes ? { scopes } : {}), ...(project === undefined ? {} : { project }) };
      const body = { label, days, ...narrowed, ...(account === undefined ? {} : { account }) };
      const made = await answered(client.POST('/api/v1/tokens', { body }));
      if (options.json) return printJson(made);
      printLine(made.token);
      printLine(
        `of ${made.account} until ${made.expiresAt}; it is not shown again. To end it: ratchet token revoke ${made.id}`,
      );
    });
}

function registerList(token: Command): void {
  gatewayCommand(token, 'list', {
    about: 'your tokens without their secrets, and when each was used last',
    example: 'ratchet token list',
  })
    .option('--account <name>', 'of another account, for administrators')
    .action(async (options: GatewayOptions & { account?: string }) => {
      const client = await openClient(options);
      const found = await answered(client.GET('/api/v1/tokens', { params: { query: ofAccount(options) } }));
      if (options.json) return printJson(found);
      printTokens(found.tokens);
    });
}

function registerRevoke(token: Command): void {
  gatewayCommand(token, 'revoke <id>', {
    about: 'make a token worth nothing',
    example: 'ratchet token revoke 0123456789abcdef',
  })
    .option('--account <name>', 'of another account, for administrators')
    .action(async (id: string, options: GatewayOptions & { account?: string }) => {
      const client = await openClient(options);
      const params = { path: { id }, query: ofAccount(options) };
      const found = await answered(client.POST('/api/v1/tokens/{id}/revoke', { params }));
      if (options.json) return printJson(found);
      printLine(`${id} is revoked`);
    });
}

function printTokens(tokens: readonly components['schemas']['Token'][]): void {
  printTable(
    ['token', 'label', 'by', 'may', 'project', 'used', 'until'],
    tokens.map((row) => [
      row.id,
      row.label,
      row.method,
      row.scopes?.join(', ') ?? 'all',
      row.onlyProject ?? 'all',
      row.lastUsedAt && ago(row.lastUsedAt),
      row.revokedAt === null ? row.expiresAt : 'revoked',
    ]),
    'no token: ratchet token create --label <what for>',
  );
}

const ofAccount = ({ account }: { readonly account?: string }) => (account === undefined ? {} : { account });

function scopesOf(text: string): Scope[] {
  const known = actions.filter((action): action is Scope => action !== 'public' && action !== 'account');
  return text.split(',').map((word) => {
    const found = known.find((action) => action === word.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`allowed are ${known.join(', ')}, with a comma between`);
  });
}

function wholeNumber(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('allowed is a whole number');
}
