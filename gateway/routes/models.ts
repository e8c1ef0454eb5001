import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import { callerOf, readable } from '../access/caller.js';
import { inPath, listed } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { asJsonObject, json } from '../http/json.js';
import { route } from '../http/route.js';
import { plainVersion } from '../reads/plain-version.js';
import { requireKnown } from '../reads/require-known.js';
import { evaluationSchema, modelDetailSchema, modelVersionSchema } from '../shapes/models.js';
import { versionOrName } from '../shapes/text.js';

const params = z.object({
  project: nameField,
  model: nameField,
  version: versionOrName,
});
const one = '/api/v1/models/{project}/{model}/{version}' as const;

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: '/api/v1/models',
    summary: 'Model versions, newest first.',
    request: { query: z.strictObject({ project: nameField.optional(), model: nameField.optional() }) },
    responses: json(200, z.object({ models: z.array(modelVersionSchema) }), 'The versions.'),
  }),
  show: route('read', inPath, {
    method: 'get',
    path: one,
    summary: 'One version with its model card.',
    request: { params },
    responses: json(200, modelDetailSchema, 'The version.'),
  }),
  evaluation: route(
    'read',
    inPath,
    {
      method: 'get',
      path: `${one}/evaluation`,
      summary: 'The whole evaluation: metrics by split and slice, curves, charts, gates.',
      request: { params },
      responses: json(200, evaluationSchema, 'The evaluation.'),
    },
    { reads: 'evaluation.read' },
  ),
};

export function modelRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const { project, model } = context.req.valid('query');
    const models = await deps.registry.list(project, model);
    if (models.length === 0) await requireKnown(deps, { project, model });
    return context.json({ models: readable(callerOf(context), models).map(plainVersion) }, 200);
  });
  app.openapi(routes.show, async (context) => {
    const at = context.req.valid('param');
    const version = await deps.registry.get(at.project, at.model, at.version);
    const stored = (await deps.blobs.getJson(version.card)) as { card: object; markdown: string };
    const { inputs, outputs } = version.interface;
    const tensors = (list: typeof inputs) =>
      list.map(({ name, type, shape }) => ({ name, type, shape: [...shape] }));
    return context.json(
      {
        ...plainVersion(version),
        stage: await deps.champions.stage(at.project, at.model, version.version),
        interface: { inputs: tensors(inputs), outputs: tensors(outputs) },
        card: asJsonObject(stored.card),
        cardMarkdown: stored.markdown,
      },
      200,
    );
  });
  app.openapi(routes.evaluation, async (context) => {
    const at = context.req.valid('param');
    const version = await deps.registry.get(at.project, at.model, at.version);
    const { report } = await deps.registry.evaluation(version.evaluationId);
    const { evaluation, gates, charts, testLooks } = (await deps.blobs.getJson(report)) as EvaluationReport;
    return context.json(
      {
        evaluation: asJsonObject(evaluation),
        gates: gates.map(asJsonObject),
        charts: charts.map((chart) => ({ ...chart })),
        testLooks,
      },
      200,
    );
  });
}
