import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import { nameField } from '../../domain/config/fields.js';
import { anywhere } from '../access/authorize.js';
import { inQuery } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { auditLines } from '../reads/audit-lines.js';
import { auditReport } from '../reads/audit-report.js';
import { auditEventSchema, auditQuery, auditReportSchema } from '../shapes/audit.js';

const base = '/api/v1/audit' as const;

const routes = {
  list: route('audit', inQuery, {
    method: 'get',
    path: base,
    summary: 'Who did what, newest first.',
    request: { query: auditQuery },
    responses: json(200, z.object({ events: z.array(auditEventSchema) }), 'The rows.'),
  }),
  verify: route(
    'audit',
    anywhere('audit'),
    {
      method: 'get',
      path: `${base}/verify`,
      summary: 'Whether the chain is whole: no edit, no deletion, no reorder, no truncation.',
      responses: json(200, auditReportSchema, 'What was found.'),
    },
    { budget: 'heavy' },
  ),
  export: route(
    'audit',
    inQuery,
    {
      method: 'get',
      path: `${base}/export`,
      summary: 'The rows as lines of JSON, oldest first.',
      request: { query: z.strictObject({ project: nameField.optional() }) },
      responses: { 200: { description: 'The rows.', content: { 'text/plain': { schema: z.string() } } } },
    },
    { budget: 'heavy' },
  ),
};

export function auditRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const given = Object.entries(context.req.valid('query')).filter(([, value]) => value !== undefined);
    const events = await deps.audit.list(Object.fromEntries(given));
    return context.json({ events: events.map((event) => ({ ...event })) }, 200);
  });
  app.openapi(routes.verify, async (context) => context.json(await auditReport(deps), 200));
  app.openapi(routes.export, (context) => {
    const lines = auditLines(deps, context.req.valid('query').project);
    // A stream of text is text to who reads it, whatever the type of its pieces.
    return new Response(lines, {
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    }) as Response & TypedResponse<string, 200, 'text'>;
  });
}
