import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AccountStore } from '../../domain/ports/accounts.js';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/**
 * A gateway that others can reach must know its people: by OpenID Connect, or by at least one account of a person.
 * Error: `SETTING_INVALID`, saying exactly what to do.
 */
export async function refuseOpenBind(
  host: string,
  accounts: AccountStore,
  hasOpenId: boolean,
): Promise<void> {
  if (loopback.test(host) || hasOpenId) return;
  const people = (await accounts.list()).filter(
    ({ kind, disabledAt }) => kind === 'person' && disabledAt === null,
  );
  if (people.length > 0) return;
  throw new RatchetError(
    'SETTING_INVALID',
    `RATCHET_GATEWAY_HOST is ${host}, which others can reach, and is refused until authentication is on: set RATCHET_OIDC_ISSUER, RATCHET_OIDC_CLIENT_ID and RATCHET_OIDC_REDIRECT, or start once with RATCHET_GATEWAY_HOST=127.0.0.1, make the account of a person with "ratchet account add <name>", and start again`,
    { variable: 'RATCHET_GATEWAY_HOST' },
  );
}
