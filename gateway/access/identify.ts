import { timingSafeEqual } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AccountStore } from '../../domain/ports/accounts.js';
import { type Caller, stackAccount } from './caller.js';
import { isTokenText, sha256Hex } from './token-text.js';

/** Finds who calls by the Authorization header; null where it names nobody. */
export type Identify = (header: string | undefined) => Promise<Caller | null>;

/**
 * The stack's own token is compared without a database; all others are looked up by their digest. What somebody is in
 * projects is read anew for every request, so that a change of members holds from the next one on.
 */
export function createIdentify(accounts: AccountStore, tokenSha256: string): Identify {
  const own = Buffer.from(tokenSha256, 'hex');
  return async (header) => {
    const text = /^Bearer (\S{1,512})$/.exec(header ?? '')?.[1];
    if (text === undefined) return null;
    const sha256 = sha256Hex(text);
    if (timingSafeEqual(Buffer.from(sha256, 'hex'), own)) return stackCaller(accounts);
    return isTokenText(text) ? holderOf(accounts, sha256) : null;
  };
}

/** Who turned the account off meant the token too. */
async function stackCaller(accounts: AccountStore): Promise<Caller | null> {
  const { disabledAt } = await accounts.get(stackAccount);
  if (disabledAt !== null) return null;
  return {
    account: stackAccount,
    kind: 'machine',
    admin: true,
    method: 'stack',
    scopes: null,
    onlyProject: null,
    roles: {},
    token: null,
  };
}

async function holderOf(accounts: AccountStore, sha256: string): Promise<Caller | null> {
  const found = await accounts.tokenBySha256(sha256);
  if (found === undefined) return null;
  const { token, account } = found;
  const memberships = await accounts.memberships(account.name);
  return {
    account: account.name,
    kind: account.kind,
    admin: account.admin,
    method: token.method,
    scopes: token.scopes,
    onlyProject: token.onlyProject,
    roles: Object.fromEntries(memberships.map(({ project, roles }) => [project, roles])),
    token,
  };
}

/** The account of the stack's own token is a row like others, so that its name is taken and it can be turned off. */
export async function ensureStackAccount(accounts: AccountStore): Promise<void> {
  try {
    await accounts.create({ name: stackAccount, kind: 'machine', email: null, admin: true });
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'CONFLICT') throw error;
    const { kind, admin } = await accounts.get(stackAccount);
    if (kind !== 'machine' || !admin) {
      throw new RatchetError(
        'CONFLICT',
        `the account "${stackAccount}" is the stack's own, and is a ${kind} here that ${admin ? 'administers' : 'does not administer'}`,
      );
    }
  }
}
