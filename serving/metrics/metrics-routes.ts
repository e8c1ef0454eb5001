import type { Registry } from 'prom-client';
import { answerJson } from '../http/call.js';
import type { Route } from '../http/route-table.js';

/** `/metrics` and `/healthz` on a port of their own, as every process of Ratchet has them. */
export function metricsRoutes(registry: Registry): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/metrics',
      handle: async () => ({
        headers: { 'content-type': registry.contentType },
        content: await registry.metrics(),
      }),
    },
    { method: 'GET', path: '/healthz', handle: () => answerJson({ status: 'ok' }) },
  ];
}
