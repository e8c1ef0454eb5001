import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import type { ReleaseKind } from '../../domain/ports/releases.js';
import { type Caller, callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { endpointDetail, listEndpoints } from '../reads/endpoint-detail.js';
import { listImages } from '../reads/list-images.js';
import { releaseDetail } from '../reads/release-detail.js';
import {
  endpointDetailSchema,
  endpointListSchema,
  endpointLogSchema,
  imageListSchema,
  predictSchema,
  scaleSchema,
} from '../shapes/endpoints.js';
import { releaseDetailSchema, startReleaseSchema } from '../shapes/releases.js';
import { askEndpoint } from '../stories/ask-endpoint.js';
import { readEndpointLog } from '../stories/look-at-endpoint.js';
import { releaseEndpoint, scaleEndpoint } from '../stories/release-endpoint.js';

const params = z.object({ project: nameField, endpoint: nameField });
const one = '/api/v1/endpoints/{project}/{endpoint}' as const;
const release = json(200, releaseDetailSchema, 'The release.');

const reads = {
  list: route('read', listed, {
    method: 'get',
    path: '/api/v1/endpoints',
    summary: 'Endpoints as Git declares them, with what is live; those that are retired too.',
    request: { query: z.strictObject({ project: nameField.optional() }) },
    responses: json(200, endpointListSchema, 'The endpoints, by project and name.'),
  }),
  images: route('read', listed, {
    method: 'get',
    path: '/api/v1/images',
    summary: 'Images that revisions of endpoints ran.',
    request: { query: z.strictObject({ project: nameField.optional() }) },
    responses: json(200, imageListSchema, 'The images, the newest first.'),
  }),
  show: route('read', inPath, {
    method: 'get',
    path: one,
    summary: 'One endpoint: what Git says, what is wanted, what runs, and what was live when.',
    request: { params },
    responses: json(200, endpointDetailSchema, 'The endpoint.'),
  }),
  logs: route(
    'read',
    inPath,
    {
      method: 'get',
      path: `${one}/logs`,
      summary: 'The newest lines that its replicas wrote.',
      request: {
        params,
        query: z.strictObject({ lines: z.coerce.number().int().min(1).max(1000).default(200) }),
      },
      responses: json(200, endpointLogSchema, 'The lines.'),
    },
    { reads: 'log.read' },
  ),
  predict: route('read', inPath, {
    method: 'post',
    path: `${one}/predict`,
    summary: 'Asks the endpoint, to try it out. Programs ask it at its own address.',
    request: { params, ...jsonBody(predictSchema) },
    responses: json(200, z.unknown(), 'The answer of the endpoint, as it came.'),
  }),
};

const changes = {
  release: route('serve', inPath, {
    method: 'post',
    path: `${one}/release`,
    summary: 'Builds and deploys the endpoint again, as Git says, with the champion.',
    request: { params, ...jsonBody(startReleaseSchema) },
    responses: release,
  }),
  rollBack: route('serve', inPath, {
    method: 'post',
    path: `${one}/rollback`,
    summary: 'The revision before is deployed again as it was: model, code and image.',
    request: { params, ...jsonBody(startReleaseSchema) },
    responses: release,
  }),
  scale: route('serve', inPath, {
    method: 'post',
    path: `${one}/scale`,
    summary: 'Sets how many replicas answer, until Git says another number.',
    request: { params, ...jsonBody(startReleaseSchema.extend(scaleSchema.shape)) },
    responses: release,
  }),
};

export function endpointRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  addReads(app, deps);
  const released = async (
    kind: Exclude<ReleaseKind, 'scale'>,
    name: z.infer<typeof params>,
    { id, reason }: z.infer<typeof startReleaseSchema>,
    { account: by }: Caller,
  ) => releaseDetail(deps, await releaseEndpoint(deps, { ...name, kind, id, reason, by }));
  app.openapi(changes.release, async (context) => {
    const { param, body } = { param: context.req.valid('param'), body: context.req.valid('json') };
    return context.json(await released('deploy', param, body, callerOf(context)), 200);
  });
  app.openapi(changes.rollBack, async (context) => {
    const { param, body } = { param: context.req.valid('param'), body: context.req.valid('json') };
    return context.json(await released('rollback', param, body, callerOf(context)), 200);
  });
  app.openapi(changes.scale, async (context) => {
    const { replicas, id, reason } = context.req.valid('json');
    const by = callerOf(context).account;
    const asked = { ...context.req.valid('param'), replicas, id, reason, by };
    return context.json(await releaseDetail(deps, await scaleEndpoint(deps, asked)), 200);
  });
}

function addReads(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(reads.list, async (context) => {
    const { project } = context.req.valid('query');
    const readable = projectsWhere(callerOf(context), 'read');
    const endpoints = await listEndpoints(deps, project === undefined ? readable : [project]);
    return context.json({ endpoints }, 200);
  });
  app.openapi(reads.images, async (context) => {
    const { project } = context.req.valid('query');
    const readable = projectsWhere(callerOf(context), 'read');
    const images = await listImages(deps, project === undefined ? readable : [project]);
    return context.json({ images }, 200);
  });
  app.openapi(reads.show, async (context) =>
    context.json(await endpointDetail(deps, context.req.valid('param')), 200),
  );
  app.openapi(reads.logs, async (context) => {
    const name = context.req.valid('param');
    const { lines: logLines } = context.req.valid('query');
    return context.json({ lines: [...(await readEndpointLog(deps, { ...name, logLines }))] }, 200);
  });
  app.openapi(reads.predict, async (context) => {
    // As it was sent: a whole number beyond what a double holds stays what it is.
    const answer = await askEndpoint(deps, context.req.valid('param'), await context.req.text());
    return context.body(answer, 200, { 'content-type': 'application/json' }) as never;
  });
}
