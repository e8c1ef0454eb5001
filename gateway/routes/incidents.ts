import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed, ofIncident } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { detailOf, endpointMonitoring, incidentDetail, incidentPage } from '../reads/incidents.js';
import { monitoringReport } from '../reads/monitoring-report.js';
import {
  closeIncidentSchema,
  incidentDetailSchema,
  incidentListQuery,
  incidentPageSchema,
  monitoringReportSchema,
  monitoringSchema,
  setSilenceSchema,
  silenceSchema,
} from '../shapes/incidents.js';
import { wakeLine } from '../stories/wake-workflow.js';

const one = z.object({ id: z.string() });
const ofEndpoint = z.object({ project: nameField, endpoint: nameField });
const detail = json(200, incidentDetailSchema, 'The incident.');

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: '/api/v1/incidents',
    summary: 'Incidents of the monitoring, newest first, with what became of the runs that they asked for.',
    request: { query: incidentListQuery },
    responses: json(200, incidentPageSchema, 'A page.'),
  }),
  show: route('read', ofIncident, {
    method: 'get',
    path: '/api/v1/incidents/{id}',
    summary: 'One incident: the windows that saw it, the rule in words, and what followed.',
    request: { params: one },
    responses: detail,
  }),
  acknowledge: route('serve', ofIncident, {
    method: 'post',
    path: '/api/v1/incidents/{id}/acknowledge',
    summary: 'Says that the caller looks after an incident.',
    request: { params: one },
    responses: detail,
  }),
  close: route('serve', ofIncident, {
    method: 'post',
    path: '/api/v1/incidents/{id}/close',
    summary:
      'Closes an incident. Its cause opens another where it is seen again. Runs that waited for its end begin.',
    request: { params: one, ...jsonBody(closeIncidentSchema) },
    responses: detail,
  }),
  monitoring: route('read', inPath, {
    method: 'get',
    path: '/api/v1/endpoints/{project}/{endpoint}/monitoring',
    summary: 'How an endpoint is watched, what its last windows looked like, and what is open.',
    request: { params: ofEndpoint },
    responses: json(200, monitoringSchema, 'What the watch knows.'),
  }),
  report: route('read', inPath, {
    method: 'get',
    path: '/api/v1/endpoints/{project}/{endpoint}/monitoring/report',
    summary: 'The last windows and incidents of an endpoint as one page, with its charts and their numbers.',
    request: { params: ofEndpoint },
    responses: json(200, monitoringReportSchema, 'The page.'),
  }),
  silence: route('serve', inPath, {
    method: 'post',
    path: '/api/v1/endpoints/{project}/{endpoint}/silences',
    summary: 'Lets incidents of an endpoint tell nobody until an end. They are recorded all the same.',
    request: { params: ofEndpoint, ...jsonBody(setSilenceSchema) },
    responses: json(200, silenceSchema, 'The silence.'),
  }),
};

export function incidentRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const readable = projectsWhere(callerOf(context), 'read');
    return context.json(await incidentPage(deps, context.req.valid('query'), readable), 200);
  });
  app.openapi(routes.show, async (context) =>
    context.json(await incidentDetail(deps, context.req.valid('param').id), 200),
  );
  app.openapi(routes.acknowledge, async (context) => {
    const { id } = context.req.valid('param');
    const incident = await deps.watches.acknowledge(id, callerOf(context).account);
    return context.json(await detailOf(deps, incident), 200);
  });
  app.openapi(routes.close, async (context) => {
    const { id } = context.req.valid('param');
    const { reason } = context.req.valid('json');
    const incident = await deps.watches.close(id, callerOf(context).account, reason);
    await wakeLine(
      deps,
      incident,
      `incident ${id} is closed; what waited for it is looked at once Temporal is back`,
    );
    return context.json(await detailOf(deps, incident), 200);
  });
  app.openapi(routes.monitoring, async (context) => {
    const now = new Date().toISOString();
    return context.json(await endpointMonitoring(deps, context.req.valid('param'), now), 200);
  });
  app.openapi(routes.report, async (context) => {
    const now = new Date().toISOString();
    return context.json(await monitoringReport(deps, context.req.valid('param'), now), 200);
  });
  app.openapi(routes.silence, async (context) => {
    const { kind, reason, until } = context.req.valid('json');
    if (Date.parse(until) <= Date.now())
      throw new RatchetError('REQUEST_INVALID', `until is ${until}: allowed is a time to come`, { until });
    const owner = callerOf(context).account;
    const end = new Date(until).toISOString();
    const name = context.req.valid('param');
    return context.json(
      { ...(await deps.watches.silence({ ...name, kind, reason, owner, until: end })) },
      200,
    );
  });
}
