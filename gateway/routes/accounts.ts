import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { platform } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { accountSchema, addAccountSchema, setUpCodeSchema } from '../shapes/accounts.js';
import { addAccount, disableAccount, setUpCode } from '../stories/accounts.js';

const base = '/api/v1/accounts' as const;
const params = z.object({ account: nameField });

const routes = {
  add: route('administer', platform, {
    method: 'post',
    path: base,
    summary: 'Makes an account; a person who does not sign in by OpenID Connect gets a set-up code.',
    request: jsonBody(addAccountSchema),
    responses: json(200, setUpCodeSchema, 'The code, which is shown this once.'),
  }),
  list: route('administer', platform, {
    method: 'get',
    path: base,
    summary: 'All accounts, by name.',
    responses: json(200, z.object({ accounts: z.array(accountSchema) }), 'The accounts.'),
  }),
  disable: route('administer', platform, {
    method: 'post',
    path: `${base}/{account}/disable`,
    summary: 'Turns an account off: its tokens and codes are worth nothing from then on.',
    request: { params },
    responses: json(200, accountSchema, 'The account.'),
  }),
  setUpCode: route('administer', platform, {
    method: 'post',
    path: `${base}/{account}/set-up-code`,
    summary: 'Gives a person another set-up code.',
    request: { params },
    responses: json(200, setUpCodeSchema, 'The code, which is shown this once.'),
  }),
};

export function accountRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.add, async (context) =>
    context.json(await addAccount(deps, context.req.valid('json')), 200),
  );
  app.openapi(routes.list, async (context) =>
    context.json({ accounts: (await deps.accounts.list()).map((account) => ({ ...account })) }, 200),
  );
  app.openapi(routes.disable, async (context) =>
    context.json(await disableAccount(deps, context.req.valid('param').account), 200),
  );
  app.openapi(routes.setUpCode, async (context) =>
    context.json(await setUpCode(deps, context.req.valid('param').account), 200),
  );
}
