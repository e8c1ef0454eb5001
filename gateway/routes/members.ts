import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf } from '../access/caller.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { plainApproval } from '../reads/approval-detail.js';
import { approvalPageSchema, delegateSchema, delegationSchema } from '../shapes/approvals.js';
import { memberSchema } from '../shapes/projects.js';
import { line } from '../shapes/text.js';
import { delegate, endDelegation } from '../stories/delegate.js';

const base = '/api/v1/projects/{project}' as const;
const params = z.object({ project: nameField });

const routes = {
  members: route('read', inPath, {
    method: 'get',
    path: `${base}/members`,
    summary: 'Who is what in a project, by the commit that says so.',
    request: { params },
    responses: json(200, z.object({ members: z.array(memberSchema) }), 'The members, by name.'),
  }),
  changes: route('read', inPath, {
    method: 'get',
    path: `${base}/changes`,
    summary: 'Changes of members, roles, sources and policies that wait for approval.',
    request: { params },
    responses: json(200, approvalPageSchema, 'Their approvals, newest first.'),
  }),
  delegations: route('read', inPath, {
    method: 'get',
    path: `${base}/delegations`,
    summary: 'Who votes in whose place, also those that are over.',
    request: { params },
    responses: json(200, z.object({ delegations: z.array(delegationSchema) }), 'Oldest first.'),
  }),
  delegate: route('vote', inPath, {
    method: 'post',
    path: `${base}/delegations`,
    summary: 'Lets another member vote in your place, for a time.',
    request: { params, ...jsonBody(delegateSchema) },
    responses: json(200, delegationSchema, 'The delegation.'),
  }),
  endDelegation: route('vote', inPath, {
    method: 'post',
    path: `${base}/delegations/{id}/end`,
    summary: 'Ends a delegation at once.',
    request: { params: params.extend({ id: line(64) }) },
    responses: json(200, delegationSchema, 'The delegation.'),
  }),
};

export function memberRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.members, async (context) => {
    const { project } = context.req.valid('param');
    await deps.projects.get(project);
    const members = await deps.accounts.members(project);
    const shown = members.map(({ account, roles, emails, commit }) => ({
      account,
      roles: [...roles],
      emails: [...emails],
      commit,
    }));
    return context.json({ members: shown }, 200);
  });
  app.openapi(routes.changes, async (context) => {
    const { project } = context.req.valid('param');
    await deps.projects.get(project);
    const page = await deps.approvals.list({ project, kind: 'change', status: 'open', limit: 200 });
    return context.json({ approvals: page.approvals.map(plainApproval), next: page.next }, 200);
  });
  app.openapi(routes.delegations, async (context) => {
    const { project } = context.req.valid('param');
    await deps.projects.get(project);
    const rows = await deps.approvals.delegations(project);
    return context.json({ delegations: rows.map((row) => ({ ...row })) }, 200);
  });
  app.openapi(routes.delegate, async (context) => {
    const { project } = context.req.valid('param');
    const made = await delegate(deps, callerOf(context), project, context.req.valid('json'));
    return context.json({ ...made }, 200);
  });
  app.openapi(routes.endDelegation, async (context) => {
    const { project, id } = context.req.valid('param');
    return context.json({ ...(await endDelegation(deps, callerOf(context), project, id)) }, 200);
  });
}
