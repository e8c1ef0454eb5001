import type { Action, Role } from '../../domain/access/roles.js';
import type { AccountKind } from '../../domain/ports/accounts.js';
import { newToken } from '../../gateway/access/token-text.js';
import type { GatewayRoom } from './gateway-room.js';

interface TokenOptions {
  readonly kind?: AccountKind;
  readonly admin?: boolean;
  readonly scopes?: readonly Action[];
  readonly onlyProject?: string;
  readonly expiresAt?: string;
  readonly method?: 'issued' | 'set-up-code' | 'oidc';
}

/** An account, where there is none of the name, and a token of it. */
export async function tokenOf(
  { deps: { accounts } }: { readonly deps: Pick<GatewayRoom['deps'], 'accounts'> },
  name: string,
  options: TokenOptions = {},
): Promise<string> {
  const {
    kind = 'person',
    admin = false,
    scopes = null,
    onlyProject = null,
    method = 'set-up-code',
  } = options;
  const known = (await accounts.list()).some((account) => account.name === name);
  if (!known) await accounts.create({ name, kind, email: null, admin });
  const { id, text, sha256 } = newToken();
  const expiresAt = options.expiresAt ?? new Date(Date.now() + 3_600_000).toISOString();
  await accounts.addToken({
    id,
    sha256,
    account: name,
    label: 'test',
    method,
    scopes,
    onlyProject,
    expiresAt,
  });
  return text;
}

/** The members of a project, each with a token by their name. */
export async function membersOf<N extends string>(
  room: GatewayRoom,
  project: string,
  roles: Readonly<Record<N, readonly Role[]>>,
): Promise<Record<N, string>> {
  const names = Object.keys(roles) as N[];
  const tokens: [N, string][] = [];
  for (const name of names) tokens.push([name, await tokenOf(room, name)]);
  const members = names.map((account) => ({
    account,
    roles: roles[account],
    emails: [`${account}@example.org`],
  }));
  await room.deps.accounts.putMembers(project, 'c'.repeat(40), members);
  return Object.fromEntries(tokens) as Record<N, string>;
}
