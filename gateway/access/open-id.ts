import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { discoverProvider, type OpenIdSettings } from './open-id-provider.js';

/** One try to sign in, which only the browser that began it can finish. */
export interface OpenIdAttempt {
  /** Where the browser goes. */
  readonly url: string;
  /** What it keeps meanwhile: state, nonce and verifier. */
  readonly kept: string;
}

/** Signing in by OpenID Connect: the code flow with PKCE. */
export interface OpenIdSignIn {
  /** Whether the address that the provider sends browsers back to is https. */
  readonly isSecure: boolean;
  /** Error: `PART_UNAVAILABLE` where the provider does not answer. */
  begin(): Promise<OpenIdAttempt>;
  /**
   * The verified address of who signed in. The signature, issuer, audience, times and nonce of the ID token are checked,
   * and that state and verifier are those of this browser. Errors: `UNAUTHENTICATED`, `PART_UNAVAILABLE`.
   */
  finish(query: string, kept: string | undefined): Promise<string>;
}

export function createOpenIdSignIn(settings: OpenIdSettings): OpenIdSignIn {
  let known: Promise<Configuration> | undefined;
  const provider = async () => {
    known ??= discoverProvider(settings);
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
  return {
    isSecure: settings.redirect.startsWith('https:'),
    begin: async () => begin(await provider(), settings.redirect),
    finish: async (query, kept) => finish(await provider(), new URL(`?${query}`, settings.redirect), kept),
  };
}

async function begin(provider: Configuration, redirect: string): Promise<OpenIdAttempt> {
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: redirect,
    scope: 'openid email',
    response_type: 'code',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { url: url.href, kept: [state, nonce, verifier].join('.') };
}

async function finish(provider: Configuration, came: URL, kept: string | undefined): Promise<string> {
  const [expectedState, expectedNonce, pkceCodeVerifier, ...rest] = kept?.split('.') ?? [];
  if (!expectedState || !expectedNonce || !pkceCodeVerifier || rest.length > 0) {
    throw refused('this browser began no sign-in, or more than ten minutes ago: begin again');
  }
  const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true };
  try {
    const tokens = await authorizationCodeGrant(provider, came, checks);
    const claims = tokens.claims();
    if (claims === undefined) throw refused('the provider sent no ID token');
    const told =
      claims['email'] === undefined ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : claims;
    return verifiedEmail(told);
  } catch (error) {
    if (error instanceof RatchetError) throw error;
    throw refused(`the provider's answer is not accepted: ${reasonOf(error)}`, error);
  }
}

/** An address that the provider has not verified may be anybody's. */
function verifiedEmail(claims: Readonly<Record<string, unknown>>): string {
  const { email, email_verified: isVerified } = claims;
  if (typeof email !== 'string' || email === '') throw refused('the provider names no email address');
  if (isVerified !== true) throw refused('the provider has not verified the email address');
  return email.toLowerCase();
}

/** The library says what was wrong in the error or in the one behind it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${messageOf(error)}${cause}`.slice(0, 300);
}

function refused(why: string, cause?: unknown): RatchetError {
  return new RatchetError('UNAUTHENTICATED', why, {}, { cause });
}
