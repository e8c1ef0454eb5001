import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { callerOf, projectsWhere } from '../access/caller.js';
import { listed, ofRelease } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { plainRelease, releaseDetail, releaseLog } from '../reads/release-detail.js';
import { releaseDetailSchema, releaseId, releaseListQuery, releaseListSchema } from '../shapes/releases.js';
import { line } from '../shapes/text.js';
import { cancelRelease } from '../stories/release-endpoint.js';

const params = z.object({ id: releaseId });
const base = '/api/v1/releases' as const;
const detail = json(200, releaseDetailSchema, 'The release with its steps.');

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: base,
    summary: 'Releases of endpoints, newest first, at most 100.',
    request: { query: releaseListQuery },
    responses: json(200, releaseListSchema, 'The releases.'),
  }),
  show: route('read', ofRelease, {
    method: 'get',
    path: `${base}/{id}`,
    summary: 'One release.',
    request: { params },
    responses: detail,
  }),
  log: route(
    'read',
    ofRelease,
    {
      method: 'get',
      path: `${base}/{id}/logs/{step}`,
      summary: 'The log of a step, such as the tests of the serving code.',
      request: { params: params.extend({ step: line(100) }) },
      responses: { 200: { description: 'The log.', content: { 'text/plain': { schema: z.string() } } } },
    },
    { reads: 'log.read' },
  ),
  cancel: route('serve', ofRelease, {
    method: 'post',
    path: `${base}/{id}/cancel`,
    summary: 'Stops a release that has not begun to deploy; ended ones stay as they are.',
    request: { params },
    responses: detail,
  }),
};

export function releaseRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const { project, endpoint, status } = context.req.valid('query');
    const projects = projectsWhere(callerOf(context), 'read');
    const found = await deps.releases.list({
      ...(project !== undefined && { project }),
      ...(endpoint !== undefined && { endpoint }),
      ...(status !== undefined && { status }),
      ...(projects !== null && { projects }),
    });
    return context.json({ releases: found.map(plainRelease) }, 200);
  });
  app.openapi(routes.show, async (context) =>
    context.json(await releaseDetail(deps, context.req.valid('param').id), 200),
  );
  app.openapi(routes.log, async (context) => {
    const { id, step } = context.req.valid('param');
    return context.text(await releaseLog(deps, id, step), 200);
  });
  app.openapi(routes.cancel, async (context) => {
    const { id } = context.req.valid('param');
    await cancelRelease(deps, id);
    return context.json(await releaseDetail(deps, id), 200);
  });
}
