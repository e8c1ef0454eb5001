import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { createIdentify } from './access/identify.js';
import { createLimits } from './access/limits.js';
import type { GatewayDeps, GatewaySettings } from './deps.js';
import { addressOf } from './http/address-of.js';
import { assertActions } from './http/assert-actions.js';
import { authenticate } from './http/authenticate.js';
import { countRequests } from './http/count-requests.js';
import type { GatewayEnv } from './http/env.js';
import { errorHandler } from './http/errors.js';
import { invalidRequest } from './http/invalid-request.js';
import { limitAddress, limitCaller } from './http/limit-rate.js';
import { sameSite } from './http/same-site.js';
import { nouns, type Routes } from './routes/index.js';

/** Nothing that is answered here is a page: a browser may neither run, frame nor guess at it. */
const headers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  strictTransportSecurity: false,
});

/** The control plane over HTTP. Fails to start where a route does not declare what it does. */
export function createApp(
  deps: GatewayDeps,
  settings: GatewaySettings,
  routes: readonly Routes[] = nouns,
): OpenAPIHono<GatewayEnv> {
  const app = new OpenAPIHono<GatewayEnv>({ defaultHook: invalidRequest });
  app.onError(errorHandler(deps.log));
  app.notFound(({ req }) => {
    throw new RatchetError('NOT_FOUND', `there is nothing at ${req.method} ${req.path.slice(0, 200)}`);
  });
  app.use(countRequests(deps.metrics));
  app.use(headers);
  app.use(sameSite(settings.allowedHosts));
  app.use(provide(deps, settings));
  app.use(limitAddress);
  app.use(authenticate(createIdentify(deps.accounts, settings.tokenSha256)));
  app.use(limitCaller);

  const guards = app.routes.length;
  for (const add of routes) add(app, deps, settings);
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  assertActions(app, guards);
  return app;
}

/** What guards of routes stand on. */
function provide(deps: GatewayDeps, settings: GatewaySettings): MiddlewareHandler<GatewayEnv> {
  const limits = createLimits(settings, settings.now);
  return async (context, next) => {
    context.set('deps', deps);
    context.set('limits', limits);
    context.set('address', addressOf(context, settings.trustsForwarded));
    await next();
  };
}
