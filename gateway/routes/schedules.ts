import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { listSchedules } from '../reads/schedules.js';
import { reasonSchema } from '../shapes/champions.js';
import {
  askedScheduleSchema,
  backfillSchema,
  firedScheduleSchema,
  scheduleListSchema,
  schedulePauseSchema,
} from '../shapes/schedules.js';
import { pauseSchedule, resumeSchedule } from '../stories/change-schedule.js';
import { backfillSchedule, runScheduleNow } from '../stories/fire-schedule.js';

const params = z.object({ project: nameField, model: nameField, name: nameField });
const one = '/api/v1/schedules/{project}/{model}/{name}' as const;

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: '/api/v1/schedules',
    summary: 'Schedules as Git declares them, with what Temporal says of them.',
    request: { query: z.strictObject({ project: nameField.optional() }) },
    responses: json(200, scheduleListSchema, 'The schedules, project by project.'),
  }),
  pause: route('run', inPath, {
    method: 'post',
    path: `${one}/pause`,
    summary: 'Stops a timetable until it is resumed.',
    request: { params, ...jsonBody(reasonSchema) },
    responses: json(200, schedulePauseSchema, 'The pause.'),
  }),
  resume: route('run', inPath, {
    method: 'post',
    path: `${one}/resume`,
    summary: 'Lets a timetable go on. Slots that came meanwhile are not made up for.',
    request: { params, ...jsonBody(reasonSchema) },
    responses: json(200, schedulePauseSchema, 'The pause that is over.'),
  }),
  runNow: route('run', inPath, {
    method: 'post',
    path: `${one}/run-now`,
    summary: 'Fires a slot that is now, also of a timetable that is paused.',
    request: { params },
    responses: json(200, askedScheduleSchema, 'It fires.'),
  }),
  backfill: route(
    'run',
    inPath,
    {
      method: 'post',
      path: `${one}/backfill`,
      summary: 'Fires the slots between two instants. A slot that fired before is one event with that.',
      request: { params, ...jsonBody(backfillSchema) },
      responses: json(200, firedScheduleSchema, 'The slots.'),
    },
    { budget: 'heavy' },
  ),
};

export function scheduleRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const { project } = context.req.valid('query');
    const readable = projectsWhere(callerOf(context), 'read');
    const all = async () => readable ?? (await deps.projects.list()).map(({ name }) => name);
    return context.json(await listSchedules(deps, project === undefined ? await all() : [project]), 200);
  });
  app.openapi(routes.pause, async (context) => {
    const at = context.req.valid('param');
    const { reason } = context.req.valid('json');
    const by = callerOf(context).account;
    return context.json({ ...(await pauseSchedule(deps, at, { by, reason })) }, 200);
  });
  app.openapi(routes.resume, async (context) => {
    const at = context.req.valid('param');
    const { reason } = context.req.valid('json');
    const by = callerOf(context).account;
    return context.json({ ...(await resumeSchedule(deps, at, { by, reason })) }, 200);
  });
  app.openapi(routes.runNow, async (context) =>
    context.json(
      { id: await runScheduleNow(deps, context.req.valid('param'), callerOf(context).account) },
      200,
    ),
  );
  app.openapi(routes.backfill, async (context) => {
    const at = context.req.valid('param');
    return context.json(
      await backfillSchedule(deps, at, context.req.valid('json'), callerOf(context).account),
      200,
    );
  });
}
