import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { diffDatasets } from '../../domain/lineage/diff-datasets.js';
import { workflowIds } from '../../domain/names.js';
import { callerOf, readable } from '../access/caller.js';
import { inPath, listed } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { datasetDetail, manifestOf, plainDataset } from '../reads/dataset-detail.js';
import { requireKnown } from '../reads/require-known.js';
import {
  datasetDetailSchema,
  datasetDiffSchema,
  datasetSchema,
  rebuildSchema,
  tagSchema,
} from '../shapes/datasets.js';
import { versionOrName } from '../shapes/text.js';
import { runStory } from '../stories/run-story.js';
import { tagSubset } from '../stories/tag-subset.js';

const params = z.object({ project: nameField, name: nameField, version: versionOrName });
const base = '/api/v1/datasets';
const one = `${base}/{project}/{name}/{version}` as const;

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: base,
    summary: 'Dataset versions, newest first.',
    request: { query: z.strictObject({ project: nameField.optional(), name: nameField.optional() }) },
    responses: json(200, z.object({ datasets: z.array(datasetSchema) }), 'The versions.'),
  }),
  show: route(
    'read',
    inPath,
    {
      method: 'get',
      path: one,
      summary: 'One version, with its manifest.',
      request: { params },
      responses: json(200, datasetDetailSchema, 'The version.'),
    },
    { reads: 'dataset.read' },
  ),
  diff: route(
    'read',
    inPath,
    {
      method: 'get',
      path: `${one}/diff`,
      summary: 'What changed from one version to another.',
      request: { params, query: z.strictObject({ with: versionOrName }) },
      responses: json(200, datasetDiffSchema, 'The changes.'),
    },
    { reads: 'dataset.read' },
  ),
  tag: route('tag', inPath, {
    method: 'post',
    path: `${one}/tags`,
    summary: 'Names a version, or a subset of its rows.',
    request: { params, ...jsonBody(tagSchema) },
    responses: json(200, datasetDetailSchema, 'The version.'),
  }),
  rebuild: route(
    'run',
    inPath,
    {
      method: 'post',
      path: `${one}/rebuild`,
      summary: 'Builds the version again from what was collected then, and compares the digests.',
      request: { params },
      responses: json(200, rebuildSchema, 'The comparison.'),
    },
    { budget: 'heavy' },
  ),
};

export function datasetRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const { project, name } = context.req.valid('query');
    const datasets = await deps.datasets.list(project, name);
    if (datasets.length === 0) await requireKnown(deps, { project });
    return context.json({ datasets: readable(callerOf(context), datasets).map(plainDataset) }, 200);
  });
  app.openapi(routes.show, async (context) =>
    context.json(await datasetDetail(deps, context.req.valid('param')), 200),
  );
  app.openapi(routes.diff, async (context) => {
    const at = context.req.valid('param');
    const [from, to] = await Promise.all([
      deps.datasets.get(at.project, at.name, at.version),
      deps.datasets.get(at.project, at.name, context.req.valid('query').with),
    ]);
    const changes = diffDatasets(await manifestOf(deps, from), await manifestOf(deps, to));
    return context.json({ from: from.version, to: to.version, changes: [...changes] }, 200);
  });
  app.openapi(routes.tag, async (context) => {
    const at = context.req.valid('param');
    const { tag, where } = context.req.valid('json');
    const record = await deps.datasets.get(at.project, at.name, at.version);
    if (where === undefined) await deps.datasets.tag(at.project, at.name, record.version, tag, null);
    else await tagSubset(deps, { ...at, version: record.version, tag, where });
    return context.json(await datasetDetail(deps, { ...at, version: String(record.version) }), 200);
  });
  app.openapi(routes.rebuild, async (context) => {
    const at = context.req.valid('param');
    const record = await deps.datasets.get(at.project, at.name, at.version);
    const result = await runStory(deps.client, 'rebuildDataset', {
      workflowId: workflowIds.rebuildDataset(at.project, at.name, record.version),
      input: { project: at.project, name: at.name, version: record.version },
    });
    return context.json(result, 200);
  });
}
