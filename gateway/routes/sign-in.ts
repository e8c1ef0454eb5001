import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OpenIdSignIn } from '../access/open-id.js';
import { platform } from '../access/places.js';
import type { GatewayDeps, GatewaySettings } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { signedInSchema, signInSchema } from '../shapes/accounts.js';
import { loginCode, signIn } from '../stories/sign-in.js';

const base = '/api/v1/sign-in' as const;
const cookie = 'ratchet-sign-in';
const patienceSeconds = 600;

const routes = {
  signIn: route(
    'public',
    platform,
    {
      method: 'post',
      path: base,
      summary: 'Gives a token for a code, once.',
      request: jsonBody(signInSchema),
      responses: json(200, signedInSchema, 'The token, which is shown this once.'),
    },
    { budget: 'sign-in' },
  ),
  begin: route(
    'public',
    platform,
    {
      method: 'get',
      path: `${base}/oidc`,
      summary: 'Sends a browser to the OpenID provider.',
      responses: { 302: { description: 'To the provider.' } },
    },
    { budget: 'sign-in' },
  ),
  callback: route(
    'public',
    platform,
    {
      method: 'get',
      path: `${base}/oidc/callback`,
      summary: 'Where the OpenID provider sends the browser back to: a code for the command line.',
      responses: { 200: { description: 'The code.', content: { 'text/plain': { schema: z.string() } } } },
    },
    { budget: 'sign-in' },
  ),
};

export function signInRoutes(
  app: OpenAPIHono<GatewayEnv>,
  deps: GatewayDeps,
  settings: GatewaySettings,
): void {
  app.openapi(routes.signIn, async (context) => {
    const { code, label } = context.req.valid('json');
    return context.json(
      await signIn(deps, { code, label, hours: settings.signInHours, address: context.get('address') }),
      200,
    );
  });
  app.openapi(routes.begin, async (context) => {
    const openId = demanded(deps.openId);
    const { url, kept } = await openId.begin();
    // Lax: the provider's redirect is a navigation from another site, and must bring it back.
    setCookie(context, cookie, kept, {
      path: base,
      httpOnly: true,
      sameSite: 'Lax',
      secure: openId.isSecure,
      maxAge: patienceSeconds,
    });
    return context.redirect(url, 302);
  });
  app.openapi(routes.callback, async (context) => {
    const openId = demanded(deps.openId);
    const kept = getCookie(context, cookie);
    deleteCookie(context, cookie, { path: base });
    const email = await openId.finish(new URL(context.req.url).search.slice(1), kept);
    const { code, account } = await loginCode(deps, email);
    context.header('cache-control', 'no-store');
    return context.text(
      `You are ${account}. Within ten minutes, once:\n\n  ratchet sign-in --code ${code}\n`,
      200,
    );
  });
}

function demanded(openId: OpenIdSignIn | undefined): OpenIdSignIn {
  if (openId !== undefined) return openId;
  throw new RatchetError(
    'NOT_FOUND',
    'this gateway signs nobody in by OpenID Connect: RATCHET_OIDC_ISSUER is not set',
  );
}
