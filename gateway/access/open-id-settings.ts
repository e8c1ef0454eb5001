import { readFile, stat } from 'node:fs/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { type Config, requireSetting } from '../../temporal.config.js';
import type { OpenIdSettings } from './open-id-provider.js';

/** The settings of OpenID Connect as a whole; undefined where it is off. Errors: `SETTING_INVALID`, `SECRET_EXPOSED`. */
export async function readOpenIdSettings({
  signIn,
}: Pick<Config, 'signIn'>): Promise<OpenIdSettings | undefined> {
  const { issuer, clientSecretFile } = signIn;
  if (issuer === undefined) return undefined;
  return {
    issuer,
    clientId: requireSetting(signIn.clientId, 'RATCHET_OIDC_CLIENT_ID'),
    redirect: requireSetting(signIn.redirect, 'RATCHET_OIDC_REDIRECT'),
    clientSecret: clientSecretFile === undefined ? undefined : await readSecret(clientSecretFile),
  };
}

async function readSecret(path: string): Promise<string> {
  const variable = 'RATCHET_OIDC_CLIENT_SECRET_FILE';
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw new RatchetError('SECRET_EXPOSED', `${path} may be read by other users; it must have mode 0600`, {
        path,
      });
    }
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    if (cause instanceof RatchetError) throw cause;
    throw new RatchetError(
      'SETTING_INVALID',
      `${variable} names ${path}, which cannot be read`,
      { variable },
      { cause },
    );
  }
}
