import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed, ofEvent } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { eventDetail, eventPage, plainEvent } from '../reads/trigger-events.js';
import { reasonSchema } from '../shapes/champions.js';
import { line } from '../shapes/text.js';
import {
  alarmSchema,
  eventDetailSchema,
  eventListQuery,
  eventPageSchema,
  eventSchema,
  fireSchema,
  holdSchema,
  vetoSchema,
} from '../shapes/triggers.js';
import { holdModel, releaseModel, vetoRun } from '../stories/hold-model.js';
import { fireTrigger, recordAlarm } from '../stories/record-event.js';

const params = z.object({ project: nameField, model: nameField });
const ofModel = '/api/v1/models/{project}/{model}' as const;

const events = {
  list: route('read', listed, {
    method: 'get',
    path: '/api/v1/triggers',
    summary: 'What might start runs, newest first, with what became of it.',
    request: { query: eventListQuery },
    responses: json(200, eventPageSchema, 'A page.'),
  }),
  show: route('read', ofEvent, {
    method: 'get',
    path: '/api/v1/triggers/{id}',
    summary: 'One event: what it says, what became of it, or what it waits for.',
    request: { params: z.object({ id: z.string() }) },
    responses: json(200, eventDetailSchema, 'The event.'),
  }),
  fire: route('run', inPath, {
    method: 'post',
    path: `${ofModel}/fire`,
    summary:
      'Asks for a run as a person does. The same Idempotency-Key is one event, however often it is sent.',
    request: {
      params,
      ...jsonBody(fireSchema),
      headers: z.object({ 'idempotency-key': line(200).optional() }),
    },
    responses: json(200, eventDetailSchema, 'The event, as it is at this moment.'),
  }),
  alarm: route('run', inPath, {
    method: 'post',
    path: `${ofModel}/alarms`,
    summary: 'Takes an alarm of the monitoring. The same id is one alarm, however often it is sent.',
    request: { params, ...jsonBody(alarmSchema) },
    responses: json(202, eventSchema, 'It is stored, and handled soon.'),
  }),
};

const stops = {
  veto: route('run', inPath, {
    method: 'post',
    path: `${ofModel}/veto`,
    summary: 'Stops the automatic run that is announced.',
    request: { params, ...jsonBody(reasonSchema) },
    responses: json(200, vetoSchema, 'How many events asked for it.'),
  }),
  hold: route('run', inPath, {
    method: 'post',
    path: `${ofModel}/hold`,
    summary: 'Lets no event start a run of the model until it is released.',
    request: { params, ...jsonBody(reasonSchema) },
    responses: json(200, holdSchema, 'The hold.'),
  }),
  release: route('run', inPath, {
    method: 'post',
    path: `${ofModel}/release`,
    summary: 'Ends a hold; what waited for that begins.',
    request: { params, ...jsonBody(reasonSchema) },
    responses: json(200, holdSchema, 'The hold that is over.'),
  }),
};

export function triggerRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(events.list, async (context) => {
    const readable = projectsWhere(callerOf(context), 'read');
    return context.json(await eventPage(deps, context.req.valid('query'), readable), 200);
  });
  app.openapi(events.show, async (context) =>
    context.json(await eventDetail(deps, context.req.valid('param').id), 200),
  );
  app.openapi(events.fire, async (context) => {
    const by = callerOf(context).account;
    const key = context.req.valid('header')['idempotency-key'];
    const { reason } = context.req.valid('json');
    const { id } = await fireTrigger(deps, context.req.valid('param'), { by, reason, key });
    return context.json(await eventDetail(deps, id), 200);
  });
  app.openapi(events.alarm, async (context) => {
    const sent = context.req.valid('json');
    const event = await recordAlarm(deps, context.req.valid('param'), sent, callerOf(context));
    return context.json(plainEvent(event), 202);
  });
  addStops(app, deps);
}

function addStops(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(stops.veto, async (context) => {
    const at = context.req.valid('param');
    const said = { ...context.req.valid('json'), by: callerOf(context).account };
    return context.json({ ...at, events: await vetoRun(deps, at, said) }, 200);
  });
  app.openapi(stops.hold, async (context) => {
    const said = { ...context.req.valid('json'), by: callerOf(context).account };
    return context.json({ ...(await holdModel(deps, context.req.valid('param'), said)) }, 200);
  });
  app.openapi(stops.release, async (context) => {
    const said = { ...context.req.valid('json'), by: callerOf(context).account };
    return context.json({ ...(await releaseModel(deps, context.req.valid('param'), said)) }, 200);
  });
}
