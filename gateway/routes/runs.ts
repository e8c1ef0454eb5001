import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inBody, listed, ofRun, ofRuns } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { compareRuns } from '../reads/compare-runs.js';
import { runDetail } from '../reads/run-detail.js';
import { readLog } from '../reads/run-log.js';
import { runPage } from '../reads/run-page.js';
import {
  comparisonSchema,
  metricSeriesSchema,
  resumeRunSchema,
  runDetailSchema,
  runId,
  runListQuery,
  runPageSchema,
  startRunSchema,
} from '../shapes/runs.js';
import { line } from '../shapes/text.js';
import { cancelRun } from '../stories/cancel-run.js';
import { resumeRun } from '../stories/resume-run.js';
import { startRun } from '../stories/start-run.js';

const params = z.object({ id: runId });
const base = '/api/v1/runs';
const detail = json(200, runDetailSchema, 'The run with its steps.');

const routes = {
  start: route('run', inBody, {
    method: 'post',
    path: base,
    summary:
      'Starts a run. The same id, or the same Idempotency-Key, starts one run, however often it is sent.',
    request: { ...jsonBody(startRunSchema), headers: z.object({ 'idempotency-key': line(200).optional() }) },
    responses: detail,
  }),
  list: route('read', listed, {
    method: 'get',
    path: base,
    summary: 'Runs, newest first or best first by a metric.',
    request: { query: runListQuery },
    responses: json(200, runPageSchema, 'A page.'),
  }),
  compare: route('read', ofRuns, {
    method: 'get',
    path: `${base}/compare`,
    summary: 'What differs between runs.',
    request: {
      query: z.strictObject({ ids: z.string().max(800).describe('Run ids with a comma between, 2 to 20.') }),
    },
    responses: json(200, comparisonSchema, 'Only what differs, a row each.'),
  }),
  show: route('read', ofRun, {
    method: 'get',
    path: `${base}/{id}`,
    summary: 'One run.',
    request: { params },
    responses: detail,
  }),
  metrics: route('read', ofRun, {
    method: 'get',
    path: `${base}/{id}/metrics`,
    summary: 'What the training reported while it ran. Self-reported: nothing is judged by it.',
    request: { params },
    responses: json(200, metricSeriesSchema, 'The points in order.'),
  }),
  log: route(
    'read',
    ofRun,
    {
      method: 'get',
      path: `${base}/{id}/logs/{step}`,
      summary: 'The log of a step, or of a program of the policy: `policy-<program>`.',
      request: { params: params.extend({ step: line(100) }) },
      responses: { 200: { description: 'The log.', content: { 'text/plain': { schema: z.string() } } } },
    },
    { reads: 'log.read' },
  ),
  cancel: route('run', ofRun, {
    method: 'post',
    path: `${base}/{id}/cancel`,
    summary: 'Cancels a run; ended ones stay as they are.',
    request: { params },
    responses: detail,
  }),
  resume: route('run', ofRun, {
    method: 'post',
    path: `${base}/{id}/resume`,
    summary: 'Goes on with an ended run, from the first step whose inputs changed.',
    request: { params, ...jsonBody(resumeRunSchema) },
    responses: detail,
  }),
};

export function runRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.compare, async (context) =>
    context.json(await compareRuns(deps, context.req.valid('query').ids), 200),
  );
  app.openapi(routes.list, async (context) =>
    context.json(
      await runPage(deps, context.req.valid('query'), projectsWhere(callerOf(context), 'read')),
      200,
    ),
  );
  app.openapi(routes.start, async (context) => {
    const by = callerOf(context).account;
    const key = context.req.valid('header')['idempotency-key'];
    const id = await startRun(deps, context.req.valid('json'), { by, key });
    return context.json(await runDetail(deps, id), 200);
  });
  app.openapi(routes.show, async (context) =>
    context.json(await runDetail(deps, context.req.valid('param').id), 200),
  );
  app.openapi(routes.metrics, async (context) => {
    const { id } = context.req.valid('param');
    await deps.runs.get(id);
    return context.json({ points: [...(await deps.runs.metrics(id))] }, 200);
  });
  app.openapi(routes.log, async (context) => {
    const { id, step } = context.req.valid('param');
    return context.text(await readLog(deps, callerOf(context), id, step), 200);
  });
  app.openapi(routes.cancel, async (context) => {
    const { id } = context.req.valid('param');
    await cancelRun(deps, id);
    return context.json(await runDetail(deps, id), 200);
  });
  app.openapi(routes.resume, async (context) => {
    const { id } = context.req.valid('param');
    await resumeRun(deps, id, context.req.valid('json'), callerOf(context).account);
    return context.json(await runDetail(deps, id), 200);
  });
}
