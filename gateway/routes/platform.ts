import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { platform } from '../access/places.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';

const health = route('public', platform, {
  method: 'get',
  path: '/healthz',
  summary: 'Whether the gateway answers.',
  responses: json(200, z.object({ status: z.literal('ok') }), 'It does.'),
});

const openApi = route('public', platform, {
  method: 'get',
  path: '/api/v1/openapi.json',
  summary: 'This API as OpenAPI 3.1.',
  responses: json(200, z.record(z.string(), z.unknown()), 'The document.'),
});

export function platformRoutes(app: OpenAPIHono<GatewayEnv>): void {
  let document: Record<string, unknown> | undefined;
  app.openapi(health, (context) => context.json({ status: 'ok' as const }, 200));
  app.openapi(openApi, (context) => {
    document ??= openApiDocument(app);
    return context.json(document, 200);
  });
}

export function openApiDocument(app: OpenAPIHono<GatewayEnv>): Record<string, unknown> {
  return { ...app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Ratchet', version: '1' } }) };
}
