import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { PolicyVerdictRecord } from '../../domain/ports/policies.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { asJsonObject, json, jsonObject } from '../http/json.js';
import { route } from '../http/route.js';
import { plainVerdict } from '../reads/plain-verdict.js';
import { policyInForceSchema, policyVerdictSchema } from '../shapes/policies.js';
import { versionOrName } from '../shapes/text.js';

const routes = {
  inForce: route('read', inPath, {
    method: 'get',
    path: '/api/v1/projects/{project}/policies',
    summary: "Policies that are in force: the organisation's first, then those of the project's models.",
    request: { params: z.object({ project: nameField }) },
    responses: json(200, z.object({ policies: z.array(policyInForceSchema) }), 'The policies.'),
  }),
  verdict: route('read', inPath, {
    method: 'get',
    path: '/api/v1/models/{project}/{model}/{version}/policy',
    summary: 'The newest verdict about a version: every rule with number, limit and distance.',
    request: { params: z.object({ project: nameField, model: nameField, version: versionOrName }) },
    responses: json(200, policyVerdictSchema, 'The verdict.'),
  }),
  facts: route(
    'read',
    inPath,
    {
      method: 'get',
      path: '/api/v1/models/{project}/{model}/{version}/policy/facts',
      summary: 'The facts that the newest verdict about a version was made of.',
      request: { params: z.object({ project: nameField, model: nameField, version: versionOrName }) },
      responses: json(200, jsonObject, 'The facts, as the policy names them.'),
    },
    { reads: 'evaluation.read' },
  ),
};

export function policyRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.inForce, async (context) => {
    const { project } = context.req.valid('param');
    await deps.projects.get(project);
    const policies = (await deps.policies.listInForce(project)).map((row) => ({
      ...row,
      policy: asJsonObject(row.policy),
    }));
    return context.json({ policies }, 200);
  });
  app.openapi(routes.verdict, async (context) =>
    context.json(plainVerdict(await newestVerdict(deps, context.req.valid('param'))), 200),
  );
  app.openapi(routes.facts, async (context) => {
    const { facts } = await newestVerdict(deps, context.req.valid('param'));
    return context.json(asJsonObject((await deps.blobs.getJson(facts)) as object), 200);
  });
}

/** Errors: `MODEL_NOT_FOUND`, and `NOT_FOUND` for a version that was not judged. */
async function newestVerdict(
  deps: GatewayDeps,
  at: { readonly project: string; readonly model: string; readonly version: string },
): Promise<PolicyVerdictRecord> {
  const { version } = await deps.registry.get(at.project, at.model, at.version);
  const found = await deps.policies.verdict(at.project, at.model, version);
  if (found !== undefined) return found;
  throw new RatchetError('NOT_FOUND', `no policy has judged ${at.project}/${at.model}@${version} yet`, {
    version,
  });
}
