import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenIdSignIn } from '../../gateway/access/open-id.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { type Claims, type LyingProvider, startLyingProvider } from './open-id/lying-provider.js';
import { client, type RealProvider, startProvider } from './open-id/real-provider.js';

const redirect = 'http://localhost:8400/api/v1/sign-in/oidc/callback';
const begin = '/api/v1/sign-in/oidc';

let real: RealProvider;
let room: GatewayRoom;
let lying: LyingProvider;
let deceived: GatewayRoom;
beforeAll(async () => {
  real = await startProvider(redirect);
  lying = await startLyingProvider(client);
  const settings = { ...client, redirect };
  room = await openGatewayRoom({ openId: createOpenIdSignIn({ ...settings, issuer: real.issuer }) });
  deceived = await openGatewayRoom({ openId: createOpenIdSignIn({ ...settings, issuer: lying.issuer }) });
  for (const { deps } of [room, deceived]) {
    for (const name of ['lisa', 'mallory']) {
      await deps.accounts.create({ name, kind: 'person', email: `${name}@example.org`, admin: false });
    }
  }
});
afterAll(async () => {
  await Promise.all([room.close(), deceived.close(), real.close(), lying.close()]);
});

async function started(at: GatewayRoom) {
  const { status, headers } = await at.ask('get', begin, { token: null });
  expect(status).toBe(302);
  const [cookie = ''] = headers.getSetCookie();
  return { url: new URL(headers.get('location') ?? ''), cookie, kept: cookie.split(';')[0] ?? '' };
}

const finished = (at: GatewayRoom, came: URL, kept: string | undefined) =>
  at.ask('get', `${begin}/callback${came.search}`, {
    token: null,
    headers: kept === undefined ? {} : { cookie: kept },
  });

describe('signing in by OpenID Connect', () => {
  it('goes by a provider and a code to a token, in the name of who has the verified address', async () => {
    const { url, cookie, kept } = await started(room);
    expect(cookie).toMatch(/; Max-Age=600; Path=\/api\/v1\/sign-in; HttpOnly; SameSite=Lax$/);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^.{43}$/),
      state: expect.stringMatching(/^.{43}$/),
      nonce: expect.stringMatching(/^.{43}$/),
    });
    const page = await finished(room, await real.browse(url.href, 'lisa'), kept);
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      200,
      'text/plain; charset=UTF-8',
      'no-store',
    ]);
    const [code = ''] = /login-\S+/.exec(page.text) ?? [];
    const { body } = await room.ask('post', '/api/v1/sign-in', { token: null, body: { code } });
    const self = await room.ask('get', '/api/v1/whoami', { token: body.token });
    expect(self.body).toMatchObject({ account: 'lisa', method: 'oidc' });
  });

  it.each([
    ['whose address is not verified', 'mallory', 401, 'not verified the email address'],
    ['whom nobody made an account for', 'stranger', 403, 'no account has the address stranger@example.org'],
  ])('is refused to somebody %s', async (_, login, status, words) => {
    const { url, kept } = await started(room);
    const page = await finished(room, await real.browse(url.href, login), kept);
    expect([page.status, page.body.error.message]).toEqual([status, expect.stringContaining(words)]);
  });

  it('is refused to a machine or a disabled account with the address', async () => {
    await room.deps.accounts.create({
      name: 'was-here',
      kind: 'person',
      email: 'was-here@example.org',
      admin: false,
    });
    await room.deps.accounts.disable('was-here');
    const { url, kept } = await started(room);
    expect((await finished(room, await real.browse(url.href, 'was-here'), kept)).status).toBe(403);
  });

  it('takes an answer once, and only in the browser that began', async () => {
    const mine = await started(room);
    const came = await real.browse(mine.url.href, 'lisa');
    const other = await started(room);
    for (const kept of [undefined, other.kept, 'ratchet-sign-in=a.b', 'ratchet-sign-in=a.b.c']) {
      const { status, body } = await finished(room, came, kept);
      expect([status, body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect((await finished(room, came, mine.kept)).status).toBe(200);
    expect((await finished(room, came, mine.kept)).status).toBe(401);
  });

  it('leaves no set-up code to people who sign in so', async () => {
    const { status, body } = await room.ask('post', '/api/v1/accounts/lisa/set-up-code');
    expect([status, body.error.message]).toEqual([409, expect.stringContaining('by OpenID Connect')]);
  });

  it('is not there where it is not set up', async () => {
    const bare = await openGatewayRoom();
    expect((await bare.ask('get', begin, { token: null })).status).toBe(404);
    await bare.close();
  });
});

describe('an ID token', () => {
  /** Signs in with a token that the provider made from good claims. */
  async function signedIn(make: (claims: Claims) => string) {
    const { url, kept } = await started(deceived);
    lying.give(make(lying.good(url.searchParams.get('nonce') ?? '')));
    const came = new URL(`?code=any&state=${url.searchParams.get('state')}`, redirect);
    return finished(deceived, came, kept);
  }
  const nowSeconds = () => Math.floor(Date.now() / 1000);

  it('that is good signs in, with the verifier sent along', async () => {
    const page = await signedIn((claims) => lying.sign(claims));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('You are lisa')]);
    expect(lying.asked().get('code_verifier')).toMatch(/^.{43}$/);
  });

  it.each<[string, (claims: Claims) => string]>([
    ['for another app of the issuer', (claims) => lying.sign({ ...claims, aud: 'another-app' })],
    [
      'for two apps, of which another asked',
      (claims) => lying.sign({ ...claims, aud: [client.clientId, 'b'], azp: 'b' }),
    ],
    ['for nobody', ({ aud: _, ...claims }) => lying.sign(claims)],
    ['of another issuer', (claims) => lying.sign({ ...claims, iss: 'https://accounts.example.org' })],
    ['of an issuer that only begins so', (claims) => lying.sign({ ...claims, iss: `${lying.issuer}/` })],
    ['of no issuer', ({ iss: _, ...claims }) => lying.sign(claims)],
    ['that nobody signed', (claims) => lying.sign(claims, { alg: 'none' })],
    ['signed with an algorithm that is not allowed', (claims) => lying.sign(claims, { alg: 'RS384' })],
    ['signed with a secret that both sides have', (claims) => lying.sign(claims, { alg: 'HS256' })],
    ['signed by somebody else', (claims) => lying.sign(claims, { key: 'another' })],
    ['that is over', (claims) => lying.sign({ ...claims, iat: nowSeconds() - 900, exp: nowSeconds() - 600 })],
    ['without an end', ({ exp: _, ...claims }) => lying.sign(claims)],
    ['that is not good yet', (claims) => lying.sign({ ...claims, nbf: nowSeconds() + 600 })],
    ['of another try', (claims) => lying.sign({ ...claims, nonce: 'n'.repeat(43) })],
    ['of no try', ({ nonce: _, ...claims }) => lying.sign(claims)],
    ['of nobody', ({ sub: _, ...claims }) => lying.sign(claims)],
    ['whose address is verified in a word', (claims) => lying.sign({ ...claims, email_verified: 'true' })],
    ['that is none', () => 'not.a.token'],
  ])('%s is refused', async (_, make) => {
    const { status, body } = await signedIn(make);
    expect([status, body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await deceived.deps.accounts.tokens('lisa')).toEqual([]);
  });
});
