import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import type { TokenRecord } from '../../domain/ports/accounts.js';
import { callerOf } from '../access/caller.js';
import { platform } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { whoami } from '../reads/whoami.js';
import { addTokenSchema, signedInSchema, tokenSchema, whoamiSchema } from '../shapes/accounts.js';
import { line } from '../shapes/text.js';
import { createToken, revokeToken, whose } from '../stories/tokens.js';

const base = '/api/v1/tokens' as const;
const query = z.strictObject({
  account: nameField.optional().describe('Of another account, for administrators. Default: your own.'),
});

const routes = {
  whoami: route('account', platform, {
    method: 'get',
    path: '/api/v1/whoami',
    summary: 'Who calls, how they signed in, and what they may do where.',
    responses: json(200, whoamiSchema, 'The caller.'),
  }),
  create: route('account', platform, {
    method: 'post',
    path: base,
    summary: 'Makes a token for yourself, or as an administrator for a machine account.',
    request: jsonBody(addTokenSchema),
    responses: json(200, signedInSchema, 'The token, which is shown this once.'),
  }),
  list: route('account', platform, {
    method: 'get',
    path: base,
    summary: 'Tokens without their secrets, with their last use.',
    request: { query },
    responses: json(200, z.object({ tokens: z.array(tokenSchema) }), 'The tokens, oldest first.'),
  }),
  revoke: route('account', platform, {
    method: 'post',
    path: `${base}/{id}/revoke`,
    summary: 'Makes a token worth nothing.',
    request: { params: z.object({ id: line(64) }), query },
    responses: json(200, z.object({ tokens: z.array(tokenSchema) }), 'The tokens of the account.'),
  }),
};

export function tokenRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.whoami, (context) => context.json(whoami(callerOf(context)), 200));
  app.openapi(routes.create, async (context) =>
    context.json(await createToken(deps, callerOf(context), context.req.valid('json')), 200),
  );
  app.openapi(routes.list, async (context) => {
    const account = whose(callerOf(context), context.req.valid('query').account);
    return context.json({ tokens: (await deps.accounts.tokens(account)).map(plain) }, 200);
  });
  app.openapi(routes.revoke, async (context) => {
    const account = whose(callerOf(context), context.req.valid('query').account);
    await revokeToken(deps, callerOf(context), account, context.req.valid('param').id);
    return context.json({ tokens: (await deps.accounts.tokens(account)).map(plain) }, 200);
  });
}

function plain({ scopes, ...token }: TokenRecord): z.infer<typeof tokenSchema> {
  return { ...token, scopes: scopes && [...scopes] };
}
