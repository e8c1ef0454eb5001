import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface RealProvider {
  readonly issuer: string;
  /** Follows a browser that signs in as the person, up to the address that it is sent back to. */
  browse(url: string, login: string): Promise<URL>;
  close(): Promise<void>;
}

export const client = { clientId: 'ratchet', clientSecret: 'a-secret-of-the-client' };

/** A certified OpenID provider on a free port. Whoever signs in has `<login>@example.org`; `mallory`'s is not verified. */
export async function startProvider(redirect: string): Promise<RealProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = quietly(
    () =>
      new Provider(issuer, {
        clients: [
          { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirect] },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'] },
        cookies: { keys: ['a-key-of-the-cookies'] },
        findAccount: async (_, id) => ({
          accountId: id,
          claims: async () => ({ sub: id, email: `${id}@Example.org`, email_verified: id !== 'mallory' }),
        }),
        loadExistingGrant: async (context) => {
          const { session, client: asking } = context.oidc;
          const grant = new context.oidc.provider.Grant({
            clientId: asking?.clientId ?? '',
            accountId: session?.accountId ?? '',
          });
          grant.addOIDCScope('openid email');
          await grant.save();
          return grant;
        },
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      }),
  );
  const callback = provider.callback();
  server.on('request', (request, response) => void callback(request, response));
  return {
    issuer,
    browse: (url, login) => browse(url, login, redirect),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** It warns that this is no way to run it in production, which is not meant. */
function quietly<T>(make: () => T): T {
  const { warn, info } = console;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  try {
    return make();
  } finally {
    Object.assign(console, { warn, info });
  }
}

async function browse(start: string, login: string, redirect: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = new URL(start);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 10; step += 1) {
    if (url.href.startsWith(redirect)) return url;
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const next = response.headers.get('location');
    form = next === null ? new URLSearchParams({ prompt: 'login', login, password: 'any' }) : undefined;
    url = next === null ? new URL(formAction(await response.text()), url) : new URL(next, url);
  }
  throw new Error(`the browser is still at ${url.href}`);
}

function formAction(page: string): string {
  const [, action] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
  if (action === undefined) throw new Error(`no form to sign in with: ${page.slice(0, 500)}`);
  return action.replaceAll('&amp;', '&');
}
