import { z } from 'zod';
import { addressShape, optional, setting, textShape, wholeShape } from '../setting.js';

const local = ['localhost', '127.0.0.1', '[::1]'];
/** Over plain http a token could be read on its way; on this machine there is no way. */
const issuerShape = z
  .string()
  .refine(
    (value) =>
      URL.canParse(value) &&
      (new URL(value).protocol === 'https:' ||
        (new URL(value).protocol === 'http:' && local.includes(new URL(value).hostname))),
    'an address that begins with https://, or http:// on this machine',
  );

/** How people prove who they are. */
export const signInSettings = {
  issuer: optional({
    variable: 'RATCHET_OIDC_ISSUER',
    unit: 'issuer',
    about: 'OpenID provider that signs people in; unset: by set-up code alone',
    shape: issuerShape,
  }),
  clientId: optional({
    variable: 'RATCHET_OIDC_CLIENT_ID',
    unit: 'text',
    about: 'what the provider knows the gateway as; an ID token for another client is refused',
    shape: textShape,
  }),
  clientSecretFile: optional({
    variable: 'RATCHET_OIDC_CLIENT_SECRET_FILE',
    unit: 'file',
    about: 'file with the secret of the client, mode 0600; unset for a public client',
    shape: textShape,
  }),
  redirect: optional({
    variable: 'RATCHET_OIDC_REDIRECT',
    unit: 'address',
    about:
      'where the provider sends browsers back to: the address of the gateway and /api/v1/sign-in/oidc/callback',
    shape: addressShape('http', 'https'),
  }),
  hours: setting('168', {
    variable: 'RATCHET_SIGN_IN_HOURS',
    unit: 'hours',
    about: 'how long the token is good that signing in gives',
    shape: wholeShape(1, 8760),
  }),
};
