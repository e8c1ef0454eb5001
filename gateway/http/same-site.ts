import type { MiddlewareHandler } from 'hono';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayEnv } from './env.js';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Answers only under its own names, so that a foreign page cannot reach a gateway on this machine through a name that
 * it points here; and refuses every changing request that a browser sends from another site.
 */
export function sameSite(allowedHosts: readonly string[]): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const host = hostName(context.req.header('host'));
    if (!allowedHosts.includes(host)) {
      throw new RatchetError(
        'FORBIDDEN',
        `the Host header "${host.slice(0, 100)}" is not allowed; allowed are ${allowedHosts.join(', ')}`,
      );
    }
    const site = context.req.header('sec-fetch-site');
    if (
      !safeMethods.includes(context.req.method) &&
      site !== undefined &&
      site !== 'same-origin' &&
      site !== 'none'
    ) {
      throw new RatchetError(
        'FORBIDDEN',
        `a ${context.req.method} from another site is refused (sec-fetch-site: ${site.slice(0, 40)})`,
      );
    }
    await next();
  };
}

/** Host without its port; an IPv6 address keeps its brackets. */
function hostName(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/, '').toLowerCase();
}
