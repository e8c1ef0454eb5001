import createClient, { type Client } from 'openapi-fetch';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { stackStatus } from '../stack/stack-status.js';
import type { GatewayOptions } from './gateway-command.js';
import type { paths } from './generated/api.js';
import { findToken } from './kept-tokens.js';

export type ApiClient = Client<paths>;

/**
 * A client with the token that the options and the environment say. Errors: `PART_UNAVAILABLE` where no stack runs,
 * `UNAUTHENTICATED` where there is no token.
 */
export async function openClient(options: GatewayOptions): Promise<ApiClient> {
  const url = gatewayUrl(options);
  return clientOf(url, { authorization: `Bearer ${findToken(options.stateDir, options.as)}` });
}

/** A client of somebody who is about to sign in. Error: `PART_UNAVAILABLE`. */
export function openAnonymousClient(options: GatewayOptions): ApiClient {
  return clientOf(gatewayUrl(options), {});
}

/** Address of the gateway without a slash at its end. Errors: `PART_UNAVAILABLE`, `SETTING_INVALID`. */
export function gatewayUrl(options: GatewayOptions): string {
  const url = options.url ?? process.env['RATCHET_URL'] ?? stackUrl(options.stateDir);
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/$/, '');
  throw new RatchetError(
    'SETTING_INVALID',
    `"${url}" is no address of a gateway: allowed is http:// or https://`,
  );
}

function clientOf(url: string, headers: Readonly<Record<string, string>>): ApiClient {
  return createClient<paths>({
    baseUrl: url,
    headers,
    fetch: async (request: Request) => {
      try {
        return await fetch(request);
      } catch (cause) {
        throw new RatchetError(
          'PART_UNAVAILABLE',
          `the gateway at ${url} does not answer`,
          { url },
          { cause },
        );
      }
    },
  });
}

function stackUrl(stateDir: string): string {
  const { state, urls, stateDir: folder } = stackStatus(stateDir);
  const url = urls['gateway'];
  if (url !== undefined && state !== 'stopped') return url;
  const what = state === 'stopped' ? `the stack in ${folder} is stopped` : `no stack has run in ${folder}`;
  throw new RatchetError(
    'PART_UNAVAILABLE',
    `${what}; start it with ratchet up, or name a gateway with --url`,
  );
}

export { answered } from './answered.js';
