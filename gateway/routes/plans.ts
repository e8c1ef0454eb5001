import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { askedPlanSchema, planSchema } from '../shapes/plans.js';
import { lookAhead } from '../stories/look-ahead.js';

const plan = route(
  'read',
  inPath,
  {
    method: 'post',
    path: '/api/v1/projects/{project}/plan',
    summary:
      'What applying a commit would change, which runs its push asks for, and what is not as Git has it.',
    request: { params: z.object({ project: nameField }), ...jsonBody(askedPlanSchema) },
    responses: json(200, planSchema, 'The plan. Nothing is changed.'),
  },
  { budget: 'heavy' },
);

export function planRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(plan, async (context) => {
    const { project } = context.req.valid('param');
    const { ref = null } = context.req.valid('json');
    return context.json(await lookAhead(deps, { project, ref }), 200);
  });
}
