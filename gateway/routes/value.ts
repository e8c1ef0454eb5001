import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { endpointValue } from '../reads/endpoint-value.js';
import { endpointValueSchema, valueQuery } from '../shapes/value.js';

const value = route('read', inPath, {
  method: 'get',
  path: '/api/v1/endpoints/{project}/{endpoint}/value',
  summary: 'What the answers of an endpoint were worth beside a constant answer, and what they cost.',
  request: { params: z.object({ project: nameField, endpoint: nameField }), query: valueQuery },
  responses: json(200, endpointValueSchema, 'The value against the cost.'),
});

export function valueRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(value, async (context) => {
    const now = new Date().toISOString();
    const found = await endpointValue(deps, context.req.valid('param'), {
      ...context.req.valid('query'),
      now,
    });
    return context.json(found, 200);
  });
}
