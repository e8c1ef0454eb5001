import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf } from '../access/caller.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { liveAnswer } from '../reads/live-answer.js';
import { versionDiff } from '../reads/version-diff.js';
import {
  liveSchema,
  promotionSchema,
  reasonSchema,
  stageMoveSchema,
  versionDiffSchema,
} from '../shapes/champions.js';
import { moment, versionOrName } from '../shapes/text.js';
import { promoteVersion } from '../stories/promote-version.js';
import { releaseChampion } from '../stories/release-endpoint.js';

const model = z.object({ project: nameField, model: nameField });
const version = model.extend({ version: versionOrName });
const ofModel = '/api/v1/models/{project}/{model}' as const;
const ofVersion = `${ofModel}/{version}` as const;

const reads = {
  history: route('read', inPath, {
    method: 'get',
    path: `${ofModel}/history`,
    summary: 'Which version took, lost or was refused which place, when, by whom, and why.',
    request: { params: model },
    responses: json(200, z.object({ moves: z.array(stageMoveSchema) }), 'The moves, newest first.'),
  }),
  liveAt: route('read', inPath, {
    method: 'get',
    path: `${ofModel}/live`,
    summary: 'What was live at a time, who let it in, and what it replaced.',
    request: {
      params: model,
      query: z.strictObject({ at: moment.optional().describe('Default: now.') }),
    },
    responses: json(200, liveSchema, 'The version.'),
  }),
  diff: route('read', inPath, {
    method: 'get',
    path: `${ofVersion}/diff`,
    summary:
      'What changed from another version to this one: code, configuration, data, metrics, slices, interface.',
    request: { params: version, query: z.strictObject({ with: versionOrName }) },
    responses: json(200, versionDiffSchema, 'The changes.'),
  }),
};

const changes = {
  promote: route('promote', inPath, {
    method: 'post',
    path: `${ofVersion}/promote`,
    summary: 'Starts what makes a version champion: programs decide, and people where the policy asks them.',
    request: { params: version },
    responses: json(200, promotionSchema, 'How far it is.'),
  }),
  rollBack: route('promote', inPath, {
    method: 'post',
    path: `${ofModel}/rollback`,
    summary:
      'The version before becomes champion again, in one step, also at the endpoints that follow the model.',
    request: { params: model, ...jsonBody(reasonSchema) },
    responses: json(200, stageMoveSchema, 'The move.'),
  }),
  retire: route('retire', inPath, {
    method: 'post',
    path: `${ofVersion}/retire`,
    summary: 'Takes a version out of use for good; one that is live is refused.',
    request: { params: version, ...jsonBody(reasonSchema) },
    responses: json(200, stageMoveSchema, 'The move.'),
  }),
};

export function championRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  addReads(app, deps);
  app.openapi(changes.promote, async (context) =>
    context.json(await promoteVersion(deps, context.req.valid('param'), callerOf(context).account), 200),
  );
  app.openapi(changes.rollBack, async (context) => {
    const { reason } = context.req.valid('json');
    const actor = callerOf(context).account;
    const move = await deps.champions.rollBack({ ...context.req.valid('param'), reason, actor });
    const { project, model: name, version: number, at, actor: by } = move;
    await releaseChampion(deps, project, { kind: 'champion', model: name, version: number, at, by });
    return context.json({ ...move }, 200);
  });
  app.openapi(changes.retire, async (context) => {
    const at = context.req.valid('param');
    const {
      project,
      model: name,
      version: number,
    } = await deps.registry.get(at.project, at.model, at.version);
    const { reason } = context.req.valid('json');
    const actor = callerOf(context).account;
    const move = await deps.champions.retire({ project, model: name, version: number, reason, actor });
    return context.json({ ...move }, 200);
  });
}

function addReads(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(reads.history, async (context) => {
    const at = context.req.valid('param');
    const moves = await deps.champions.history(at.project, at.model);
    return context.json({ moves: moves.map((move) => ({ ...move })) }, 200);
  });
  app.openapi(reads.liveAt, async (context) => {
    const at = context.req.valid('param');
    const asked = new Date(context.req.valid('query').at ?? Date.now()).toISOString();
    return context.json(await liveAnswer(deps, at, asked), 200);
  });
  app.openapi(reads.diff, async (context) => {
    const at = context.req.valid('param');
    const [from, to] = await Promise.all([
      deps.registry.get(at.project, at.model, context.req.valid('query').with),
      deps.registry.get(at.project, at.model, at.version),
    ]);
    return context.json(await versionDiff(deps, from, to), 200);
  });
}
