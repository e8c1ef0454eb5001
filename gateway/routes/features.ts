import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import type { FeatureViewRecord } from '../../domain/ports/features.js';
import { callerOf, readable } from '../access/caller.js';
import { inPath, listed } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { asJsonObject, json } from '../http/json.js';
import { route } from '../http/route.js';
import { requireKnown } from '../reads/require-known.js';
import { featureDetailSchema, featureViewSchema } from '../shapes/models.js';

const list = route('read', listed, {
  method: 'get',
  path: '/api/v1/features',
  summary: 'Feature views, newest version of each.',
  request: { query: z.strictObject({ project: nameField.optional() }) },
  responses: json(200, z.object({ features: z.array(featureViewSchema) }), 'The views.'),
});

const show = route('read', inPath, {
  method: 'get',
  path: '/api/v1/features/{project}/{name}',
  summary: 'One feature view: definition, stored vectors, which datasets use it.',
  request: {
    params: z.object({ project: nameField, name: nameField }),
    query: z.strictObject({ version: z.coerce.number().int().min(1).optional() }),
  },
  responses: json(200, featureDetailSchema, 'The view.'),
});

export function featureRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(list, async (context) => {
    const { project } = context.req.valid('query');
    const features = await deps.features.list(project);
    if (features.length === 0) await requireKnown(deps, { project });
    return context.json({ features: readable(callerOf(context), features).map(plain) }, 200);
  });
  app.openapi(show, async (context) => {
    const { project, name } = context.req.valid('param');
    const [view, vectors, usedBy] = await Promise.all([
      deps.features.get(project, name, context.req.valid('query').version),
      deps.features.vectors(project, name),
      deps.features.usedBy(project, name),
    ]);
    return context.json(
      {
        ...plain(view),
        definition: asJsonObject(view.config),
        vectors: vectors.map(({ key, version, rows, file, runId, createdAt }) => ({
          key,
          version,
          rows,
          bytes: file.bytes,
          runId,
          createdAt,
        })),
        usedBy: usedBy.map((use) => ({ ...use })),
      },
      200,
    );
  });
}

function plain({ config, ...view }: FeatureViewRecord): z.infer<typeof featureViewSchema> {
  return { ...view, kind: config.kind, entity: [...config.entity], columns: Object.keys(config.columns) };
}
