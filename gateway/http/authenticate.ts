import type { MiddlewareHandler } from 'hono';
import { actingAs } from '../../db/acting.js';
import type { Identify } from '../access/identify.js';
import type { GatewayEnv } from './env.js';

/**
 * Finds out who calls, and does everything after in their name. A request without a token has no caller; whether that
 * is enough is for the route.
 */
export function authenticate(identify: Identify): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const caller = await identify(context.req.header('authorization'));
    context.set('caller', caller);
    await (caller === null ? next() : actingAs(caller.account, next));
  };
}
