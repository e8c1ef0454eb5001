import type { z } from '@hono/zod-openapi';
import { mayDo } from '../../domain/access/principal.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import type { addTokenSchema, signedInSchema } from '../shapes/accounts.js';
import { issue } from './sign-in.js';

const dayMs = 86_400_000;

/**
 * A token for the caller, or for a machine. None for another person: who can make it could vote with it. A token that
 * was issued makes no other: a leaked one could outlive its end and its limits. Error: `FORBIDDEN`.
 */
export async function createToken(
  deps: GatewayDeps,
  caller: Caller,
  wanted: z.infer<typeof addTokenSchema>,
): Promise<z.infer<typeof signedInSchema>> {
  const account = wanted.account ?? caller.account;
  const isNarrow = caller.scopes !== null || caller.onlyProject !== null;
  if (caller.method === 'issued' || isNarrow) {
    throw forbidden('a token that was issued makes no other: sign in, and make it then');
  }
  if (account !== caller.account) await demandMachine(deps, caller, account);
  else if (caller.token === null) {
    throw forbidden("the stack's own account has one token; name a machine account, or sign in as a person");
  }
  const expiresAt = new Date(Date.now() + wanted.days * dayMs).toISOString();
  const { id, text } = await issue(deps, {
    account,
    label: wanted.label,
    method: 'issued',
    expiresAt,
    narrowed: { scopes: wanted.scopes ?? null, onlyProject: wanted.project ?? null },
  });
  return { account, token: text, id, expiresAt };
}

/** Whose tokens are asked for. Error: `FORBIDDEN` for those of others, where the caller does not administer. */
export function whose(caller: Caller, asked: string | undefined): string {
  if (asked === undefined || asked === caller.account) return caller.account;
  if (mayDo(caller, 'administer', null)) return asked;
  throw forbidden(`the tokens of "${asked}" are for them and for administrators`);
}

/** A token that was issued can end itself and no other. Errors: `FORBIDDEN`, `TOKEN_NOT_FOUND`. */
export async function revokeToken(
  deps: GatewayDeps,
  caller: Caller,
  account: string,
  id: string,
): Promise<void> {
  if (caller.method === 'issued' && caller.token?.id !== id) {
    throw forbidden('a token that was issued revokes itself alone: sign in, and revoke others then');
  }
  await deps.accounts.revokeToken(account, id);
}

async function demandMachine(deps: GatewayDeps, caller: Caller, account: string): Promise<void> {
  if (!mayDo(caller, 'administer', null))
    throw forbidden('a token for another account is made by an administrator');
  const { kind, disabledAt } = await deps.accounts.get(account);
  if (kind === 'machine' && disabledAt === null) return;
  const why = kind === 'machine' ? 'is disabled' : 'is a person, who makes their own tokens';
  throw forbidden(`"${account}" ${why}`);
}

const forbidden = (message: string) => new RatchetError('FORBIDDEN', message);
