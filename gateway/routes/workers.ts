import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { platform } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { listWorkers } from '../reads/list-workers.js';
import { workerSchema } from '../shapes/models.js';

const list = route('account', platform, {
  method: 'get',
  path: '/api/v1/workers',
  summary: 'Workers by queue, with free slots and when each was last seen.',
  responses: json(200, z.object({ workers: z.array(workerSchema) }), 'The workers.'),
});

export function workerRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(list, async (context) => context.json({ workers: await listWorkers(deps.client) }, 200));
}
