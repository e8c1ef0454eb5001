import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf } from '../access/caller.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { replayedSchema, replaySchema, tellSchema, toldSchema } from '../shapes/feedback.js';
import { tellEndpoint } from '../stories/ask-endpoint.js';
import { replayEndpoint } from '../stories/replay-endpoint.js';

const params = z.object({ project: nameField, endpoint: nameField });

const tellHeaders = z.object({
  'x-ratchet-source-token': z
    .string()
    .max(1000)
    .optional()
    .describe('What a source that has a token must show; it goes to the endpoint.'),
});

const tell = route('feedback', inPath, {
  method: 'post',
  path: '/api/v1/endpoints/{project}/{endpoint}/feedback',
  summary:
    'Tells the endpoint what turned out to be true. Without a source, the caller is the one who knows.',
  request: { params, headers: tellHeaders, ...jsonBody(tellSchema) },
  responses: json(200, toldSchema, 'What the endpoint says of it, in rows.'),
});

const replay = route(
  'feedback',
  inPath,
  {
    method: 'post',
    path: '/api/v1/endpoints/{project}/{endpoint}/replays',
    summary: 'Asks the model files that answered in a span of time for the same again, and compares.',
    request: { params, ...jsonBody(replaySchema) },
    responses: json(200, replayedSchema, 'What is the same and what is not.'),
  },
  { budget: 'heavy' },
);

export function feedbackRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(tell, async (context) => {
    // As it was sent: a whole number beyond what a double holds stays what it is.
    const asked = {
      body: await context.req.text(),
      source: callerOf(context).account,
      token: context.req.valid('header')['x-ratchet-source-token'],
    };
    const answer = await tellEndpoint(deps, context.req.valid('param'), asked);
    return context.body(answer, 200, { 'content-type': 'application/json' }) as never;
  });
  app.openapi(replay, async (context) => {
    const asked = { ...context.req.valid('param'), ...context.req.valid('json') };
    const { worst, versions, ...counts } = await replayEndpoint(deps, asked);
    return context.json({ ...counts, worst: [...worst], versions: [...versions] }, 200);
  });
}
