import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Histogram, type Registry } from 'prom-client';
import type { GatewayEnv } from './env.js';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Time of requests by route pattern, method and status: bounded series, whatever paths and verbs people send. */
export function countRequests(registry: Registry): MiddlewareHandler<GatewayEnv> {
  const seconds = new Histogram({
    name: 'ratchet_gateway_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers: [registry],
  });
  return async (context, next) => {
    const end = seconds.startTimer();
    await next();
    const { method } = context.req;
    end({
      route: routePath(context, -1),
      method: methods.includes(method) ? method : 'other',
      status: String(context.res.status),
    });
  };
}
