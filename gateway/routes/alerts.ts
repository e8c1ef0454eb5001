import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf } from '../access/caller.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { notificationSchema, takenAlertsSchema } from '../shapes/alertmanager.js';
import { takeAlerts } from '../stories/take-alerts.js';

/** Alertmanager signs nothing, and sends a token: who may start runs may send alerts. */
const receive = route('run', inPath, {
  method: 'post',
  path: '/hooks/alertmanager/{project}',
  summary:
    'Takes alerts of Alertmanager (webhook, version 4). One that fires is an event of the model of its endpoint.',
  request: { params: z.object({ project: nameField }), ...jsonBody(notificationSchema) },
  responses: json(202, takenAlertsSchema, 'They are stored, and handled soon.'),
});

export function alertRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(receive, async (context) => {
    const { project } = context.req.valid('param');
    const taken = await takeAlerts(deps, project, context.req.valid('json'), callerOf(context));
    return context.json(taken, 202);
  });
}
