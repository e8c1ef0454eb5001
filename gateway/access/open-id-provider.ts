import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
  /** The whole address of the callback, as the provider has it. */
  readonly redirect: string;
}

/** What ID tokens may be signed with. `none`, and secrets that both sides hold, are not among them. */
const algorithms = ['RS256', 'ES256'] as const;
const timeoutSeconds = 10;

/**
 * Reads what the provider says of itself, and takes from it the two algorithms that are allowed. Its keys check every
 * ID token, also one that came over TLS. Error: `PART_UNAVAILABLE`, `SETTING_INVALID`.
 */
export async function discoverProvider({
  issuer,
  clientId,
  clientSecret,
}: OpenIdSettings): Promise<Configuration> {
  const server = new URL(issuer);
  // The shape of the setting allows plain http on this machine alone.
  const plain = server.protocol === 'http:' ? [allowInsecureRequests] : [];
  const authentication = clientSecret === undefined ? None() : ClientSecretBasic(clientSecret);
  const found = await answer(issuer, () =>
    discovery(server, clientId, undefined, authentication, { execute: plain, timeout: timeoutSeconds }),
  );
  const metadata = withAlgorithms(found.serverMetadata(), issuer);
  const provider = new Configuration(metadata, clientId, undefined, authentication);
  provider.timeout = timeoutSeconds;
  for (const change of [...plain, enableNonRepudiationChecks]) change(provider);
  return provider;
}

async function answer<T>(issuer: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `the OpenID provider ${issuer} does not answer as one: ${messageOf(cause)}`,
      { part: 'open-id' },
      { cause },
    );
  }
}

function withAlgorithms(metadata: ServerMetadata, issuer: string): ServerMetadata {
  const offered: readonly string[] = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  const allowed = algorithms.filter((algorithm) => offered.includes(algorithm));
  if (allowed.length > 0) return { ...metadata, id_token_signing_alg_values_supported: [...allowed] };
  throw new RatchetError(
    'SETTING_INVALID',
    `the OpenID provider ${issuer} signs with ${offered.join(', ')}; allowed are ${algorithms.join(', ')}`,
  );
}
