import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { nameField } from '../../domain/config/fields.js';
import { callerOf } from '../access/caller.js';
import { inPath, platform } from '../access/places.js';
import type { GatewayDeps, GatewaySettings } from '../deps.js';
import { hookOf, hookSecrets } from '../hooks/hook-secret.js';
import { createWithBody } from '../hooks/read-body.js';
import { structuredType } from '../hooks/read-cloudevent.js';
import { readSentEvent } from '../hooks/read-sent-event.js';
import { keepHook, receiveHook, requireJson } from '../hooks/receive-hook.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { listDeliveries } from '../reads/deliveries.js';
import {
  deliveryListQuery,
  deliveryListSchema,
  projectHookSchema,
  receivedSchema,
  sendEventSchema,
} from '../shapes/hooks.js';

const params = z.object({ project: nameField });
const anyJson = { schema: { type: 'object' as const } };
/** Read by hand: which shape a body has is said by its headers. */
const eventBody = {
  required: true,
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/SendEvent' } },
    [structuredType]: anyJson,
  },
};

const receive = route(
  'public',
  platform,
  {
    method: 'post',
    path: '/hooks/{project}',
    summary:
      'Takes a webhook of a Git host, or of a sender of Standard Webhooks. Its signature is its right.',
    request: {
      params,
      body: { required: true, content: { 'application/json': anyJson, [structuredType]: anyJson } },
    },
    responses: json(202, receivedSchema, 'It is stored, and handled soon.'),
  },
  { budget: 'hook', boundsBody: true },
);

const show = route('project', inPath, {
  method: 'get',
  path: '/api/v1/projects/{project}/hook',
  summary: 'Where webhooks of the project are sent to, and what signs them. Who reads it is recorded.',
  request: { params },
  responses: json(200, projectHookSchema, 'Path and secret.'),
});

const deliveries = route('read', inPath, {
  method: 'get',
  path: '/api/v1/projects/{project}/deliveries',
  summary: 'Webhooks and events that came for a project, newest first, and what became of them.',
  request: { params, query: deliveryListQuery },
  responses: json(200, deliveryListSchema, 'The deliveries.'),
});

const send = route('run', inPath, {
  method: 'post',
  path: '/api/v1/projects/{project}/events',
  summary: 'Takes an event of a program of yours: plain JSON, or a CloudEvent 1.0 in either mode.',
  request: { params, body: eventBody },
  responses: json(202, receivedSchema, 'It is stored, and handled soon.'),
});

export function hookRoutes(
  app: OpenAPIHono<GatewayEnv>,
  deps: GatewayDeps,
  { hooks, now = Date.now }: GatewaySettings,
): void {
  const withBody = createWithBody(hooks.maxBytes);
  app.openAPIRegistry.register('SendEvent', sendEventSchema);
  app.openapi(receive, async (context) => {
    const { project } = context.req.valid('param');
    const secrets = hookSecrets(hooks, project);
    const header = headerOf(context);
    const received = await withBody(
      context.req.raw,
      () => requireJson({ header }),
      (body) => receiveHook(deps, project, secrets, { header, body, receivedAtMs: now() }),
    );
    return context.json(received, 202);
  });
  app.openapi(show, async (context) => {
    const { name } = await deps.projects.get(context.req.valid('param').project);
    const hook = hookOf(hooks, name);
    const details = { method: callerOf(context).method };
    await deps.audit.append({ action: 'hook-secret.read', project: name, subject: name, details });
    context.header('cache-control', 'no-store');
    return context.json(hook, 200);
  });
  app.openapi(deliveries, async (context) => {
    const { project } = context.req.valid('param');
    return context.json(await listDeliveries(deps, project, context.req.valid('query').limit), 200);
  });
  app.openapi(send, async (context) => {
    const { name } = await deps.projects.get(context.req.valid('param').project);
    const header = headerOf(context);
    requireJson({ header });
    const body = Buffer.from(await context.req.arrayBuffer());
    const event = readSentEvent({ header, body, receivedAtMs: now() }, callerOf(context).account);
    return context.json(await keepHook(deps, name, 'cloudevents', event), 202);
  });
}

const headerOf = (context: Context<GatewayEnv>) => (name: string) => context.req.header(name);
