import { createHmac, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Claims = Record<string, unknown>;

/** A provider that answers every code with the token that a test made. */
export interface LyingProvider {
  readonly issuer: string;
  /** Claims of a good token at this moment, for the nonce. */
  good(nonce: string): Claims;
  /** Signs with the key that the provider publishes, or with another; with HS256 by the secret of the client. */
  sign(claims: Claims, how?: { readonly alg?: string; readonly key?: 'published' | 'another' }): string;
  /** What the next code gives. */
  give(idToken: string): void;
  /** The last request for tokens. */
  asked(): URLSearchParams;
  close(): Promise<void>;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function startLyingProvider({
  clientId,
  clientSecret,
}: {
  readonly clientId: string;
  readonly clientSecret: string;
}): Promise<LyingProvider> {
  const published = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const another = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let idToken = '';
  let asked = new URLSearchParams();
  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = async (request: IncomingMessage) => {
    if (request.url?.startsWith('/.well-known')) return metadataOf(issuer);
    if (request.url === '/jwks') {
      return { keys: [{ ...published.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] };
    }
    asked = new URLSearchParams(await text(request));
    return { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken };
  };
  return {
    issuer,
    good: (nonce) => {
      const now = Math.floor(Date.now() / 1000);
      const identity = { sub: 'lisa', email: 'lisa@example.org', email_verified: true };
      return { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce, ...identity };
    },
    sign: (claims, { alg = 'RS256', key = 'published' } = {}) =>
      alg === 'HS256'
        ? withSecret(claims, clientSecret)
        : signed(claims, alg, (key === 'published' ? published : another).privateKey),
    give: (token) => {
      idToken = token;
    },
    asked: () => asked,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** It claims to take every algorithm, as a provider might that was set up carelessly. */
function metadataOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'HS256', 'RS384', 'none'],
  };
}

function withSecret(claims: Claims, secret: string): string {
  const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

const hashes: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384' };

function signed(claims: Claims, alg: string, key: KeyObject): string {
  const body = `${base64({ alg, kid: 'one', typ: 'JWT' })}.${base64(claims)}`;
  const hash = hashes[alg];
  return hash === undefined
    ? `${body}.`
    : `${body}.${createSign(hash).update(body).sign(key).toString('base64url')}`;
}
