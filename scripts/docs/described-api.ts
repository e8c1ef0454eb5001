import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createApp } from '../../gateway/app.js';
import type { GatewayDeps } from '../../gateway/deps.js';
import { openApiDocument } from '../../gateway/routes/platform.js';

/** The OpenAPI document of the gateway. The routes are only described, so nothing stands behind them. */
export function describedApi(): Record<string, unknown> {
  const nothing = new Proxy({}, { get: () => undefined }) as GatewayDeps;
  const deps: GatewayDeps = Object.assign(Object.create(nothing), {
    log: pino({ enabled: false }),
    metrics: new Registry(),
  });
  const app = createApp(deps, {
    allowedHosts: [],
    tokenSha256: '0'.repeat(64),
    requestsPerSecond: 1,
    signInsPerMinute: 1,
    hooks: { secret: undefined, secretBefore: undefined, maxBytes: 1, requestsPerSecond: 1 },
    trustsForwarded: false,
    signInHours: 1,
  });
  return JSON.parse(JSON.stringify(openApiDocument(app)));
}
