import { Hono } from 'hono';
import type { Registry } from 'prom-client';

/**
 * `/metrics` and `/healthz` on a port of their own, as every process of Ratchet has them: Prometheus needs no token,
 * and whoever may reach the API cannot read them.
 */
export function createMetricsApp(registry: Registry): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/metrics', async (context) =>
    context.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  );
  return app;
}
