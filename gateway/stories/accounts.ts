import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AccountRecord } from '../../domain/ports/accounts.js';
import { newCode } from '../access/sign-in-code.js';
import type { GatewayDeps } from '../deps.js';
import type { addAccountSchema, setUpCodeSchema } from '../shapes/accounts.js';

type SetUpCode = z.infer<typeof setUpCodeSchema>;

const codeHours = 72;
const hourMs = 3_600_000;

/** Errors: `CONFLICT` where name or address is taken, `REQUEST_INVALID` for an address of a machine. */
export async function addAccount(
  deps: GatewayDeps,
  wanted: z.infer<typeof addAccountSchema>,
): Promise<SetUpCode> {
  const { name, kind, admin } = wanted;
  const email = wanted.email ?? null;
  if (kind === 'machine' && email !== null) {
    throw new RatchetError(
      'REQUEST_INVALID',
      `${name} is a machine, which signs in by token and has no address`,
    );
  }
  const account = await deps.accounts.create({ name, kind, email, admin });
  return wanted.code && signsInByCode(deps, account)
    ? issueCode(deps, name)
    : { account: name, code: null, expiresAt: null };
}

/**
 * Error: `CONFLICT` for a machine, and for who signs in by OpenID Connect: else an administrator could sign in as them,
 * and vote.
 */
export async function setUpCode(deps: GatewayDeps, name: string): Promise<SetUpCode> {
  const account = await deps.accounts.get(name);
  if (account.disabledAt !== null) throw new RatchetError('CONFLICT', `the account "${name}" is disabled`);
  if (signsInByCode(deps, account)) return issueCode(deps, name);
  const how = account.kind === 'machine' ? 'by a token that an administrator makes' : 'by OpenID Connect';
  throw new RatchetError('CONFLICT', `"${name}" signs in ${how}, and gets no set-up code`, { account: name });
}

/** The row first: an account that is turned off stays in lists, and its name is not given to another. */
export async function disableAccount(deps: GatewayDeps, name: string): Promise<AccountRecord> {
  await deps.accounts.disable(name);
  return deps.accounts.get(name);
}

function signsInByCode(deps: GatewayDeps, { kind, email }: AccountRecord): boolean {
  return kind === 'person' && (deps.openId === undefined || email === null);
}

async function issueCode(deps: GatewayDeps, account: string): Promise<SetUpCode> {
  const { text, sha256 } = newCode('set-up-code');
  const expiresAt = new Date(Date.now() + codeHours * hourMs).toISOString();
  await deps.accounts.putCode({ account, sha256, expiresAt });
  return { account, code: text, expiresAt };
}
