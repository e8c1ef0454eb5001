import type { OpenAPIHono } from '@hono/zod-openapi';
import type { GatewayEnv } from './env.js';
import { actionKey, placeKey } from './route.js';

/**
 * Every handler stands behind a declared action; one that was added in another way stops the start. `guards` is how many
 * entries the app had before its first route: middleware for every request is listed as a handler of everything is.
 */
export function assertActions(app: OpenAPIHono<GatewayEnv>, guards: number): void {
  const declared = new Set(app.openAPIRegistry.definitions.flatMap(declaredRoute));
  const undeclared = app.routes
    .slice(guards)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((entry) => !declared.has(entry));
  if (undeclared.length === 0) return;
  throw new Error(`these routes declare no action: ${[...new Set(undeclared)].join(', ')}`);
}

type Definition = OpenAPIHono<GatewayEnv>['openAPIRegistry']['definitions'][number];

function declaredRoute(definition: Definition): string[] {
  if (definition.type !== 'route') return [];
  const { method, path } = definition.route;
  if (!(actionKey in definition.route) || !(placeKey in definition.route)) return [];
  return [`${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`];
}
