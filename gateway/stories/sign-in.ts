import { actingAs } from '../../db/acting.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { SignInMethod } from '../../domain/ports/accounts.js';
import { newCode, readCode } from '../access/sign-in-code.js';
import { newToken } from '../access/token-text.js';
import type { GatewayDeps } from '../deps.js';

const loginCodeMinutes = 10;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A token for a code, which is used from then on. Error: `UNAUTHENTICATED`, the same whatever is wrong with it. */
export async function signIn(
  deps: GatewayDeps,
  given: { readonly code: string; readonly label: string; readonly hours: number; readonly address: string },
) {
  const read = readCode(given.code);
  const account = read && (await deps.accounts.useCode(read.sha256));
  if (read === undefined || account === undefined) {
    const details = { address: given.address };
    await deps.audit.append({ action: 'sign-in.refused', project: null, subject: 'code', details });
    throw new RatchetError('UNAUTHENTICATED', 'the code is none, was used, or is over: ask for another');
  }
  const expiresAt = new Date(Date.now() + given.hours * hourMs).toISOString();
  const token = await actingAs(account.name, () =>
    issue(deps, { account: account.name, label: given.label, method: read.method, expiresAt }),
  );
  return { account: account.name, token: token.text, id: token.id, expiresAt };
}

/** What a token may do is what its account may, unless it is narrowed. */
export async function issue(
  deps: GatewayDeps,
  wanted: {
    readonly account: string;
    readonly label: string;
    readonly method: SignInMethod;
    readonly expiresAt: string;
    readonly narrowed?: Pick<Parameters<GatewayDeps['accounts']['addToken']>[0], 'scopes' | 'onlyProject'>;
  },
) {
  const { account, label, method, expiresAt, narrowed = { scopes: null, onlyProject: null } } = wanted;
  const { id, text, sha256 } = newToken();
  const record = await deps.accounts.addToken({ id, account, label, method, expiresAt, sha256, ...narrowed });
  return { id, text, record };
}

/** The code for somebody whom the provider knows by this address. Error: `FORBIDDEN` where nobody has it. */
export async function loginCode(
  deps: GatewayDeps,
  email: string,
): Promise<{ readonly code: string; readonly account: string }> {
  const account = await deps.accounts.byEmail(email);
  if (account === undefined || account.kind !== 'person' || account.disabledAt !== null) {
    await deps.audit.append({ action: 'sign-in.refused', project: null, subject: email, details: {} });
    throw new RatchetError('FORBIDDEN', `no account has the address ${email}: an administrator makes one`);
  }
  const { text, sha256 } = newCode('oidc');
  const expiresAt = new Date(Date.now() + loginCodeMinutes * minuteMs).toISOString();
  await actingAs(account.name, () => deps.accounts.putCode({ account: account.name, sha256, expiresAt }));
  return { code: text, account: account.name };
}
