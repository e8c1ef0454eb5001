import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { endpointTraffic } from '../reads/endpoint-traffic.js';
import { trafficQuery, trafficSchema } from '../shapes/traffic.js';

const traffic = route('read', inPath, {
  method: 'get',
  path: '/api/v1/endpoints/{project}/{endpoint}/traffic',
  summary:
    'What the servers of an endpoint answered and what not, how long it took, and what its application counted.',
  request: { params: z.object({ project: nameField, endpoint: nameField }), query: trafficQuery },
  responses: json(200, trafficSchema, 'Version by version, step by step.'),
});

export function trafficRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(traffic, async (context) => {
    const asked = { ...context.req.valid('query'), now: new Date().toISOString() };
    return context.json(await endpointTraffic(deps, context.req.valid('param'), asked), 200);
  });
}
