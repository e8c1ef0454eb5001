import type { OpenAPIHono } from '@hono/zod-openapi';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { approvalDetail, findApproval, plainApproval } from '../reads/approval-detail.js';
import {
  approvalDetailSchema,
  approvalListQuery,
  approvalPageSchema,
  approvalParams,
  castVoteSchema,
  voteReceiptSchema,
  withdrawnSchema,
} from '../shapes/approvals.js';
import { reasonSchema } from '../shapes/champions.js';
import { castVote } from '../stories/cast-vote.js';
import { withdrawApproval } from '../stories/withdraw-approval.js';

const base = '/api/v1/approvals' as const;
const one = `${base}/{project}/{subject}/{round}` as const;
const request = { params: approvalParams };

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: base,
    summary: 'What people are asked, newest first.',
    request: { query: approvalListQuery },
    responses: json(200, approvalPageSchema, 'A page.'),
  }),
  show: route('read', inPath, {
    method: 'get',
    path: one,
    summary:
      'What exactly is approved: the difference to the champion, verdicts, authors, votes, and why you may vote.',
    request,
    responses: json(200, approvalDetailSchema, 'The approval.'),
  }),
  vote: route('vote', inPath, {
    method: 'post',
    path: `${one}/votes`,
    summary: 'Signs your vote, stores it, tells the workflow of it, and answers what became of it.',
    request: { ...request, ...jsonBody(castVoteSchema) },
    responses: json(200, voteReceiptSchema, 'The vote.'),
  }),
  withdraw: route('promote', inPath, {
    method: 'post',
    path: `${one}/withdraw`,
    summary: 'Ends an approval before it is decided.',
    request: { ...request, ...jsonBody(reasonSchema) },
    responses: json(200, withdrawnSchema, 'How it ended.'),
  }),
};

export function approvalRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const given = Object.entries(context.req.valid('query')).filter(([, value]) => value !== undefined);
    const projects = projectsWhere(callerOf(context), 'read');
    const filter = { ...Object.fromEntries(given), ...(projects === null ? {} : { projects }) };
    const page = await deps.approvals.list(filter);
    return context.json({ approvals: page.approvals.map(plainApproval), next: page.next }, 200);
  });
  app.openapi(routes.show, async (context) => {
    const approval = await findApproval(deps, context.req.valid('param'));
    return context.json(await approvalDetail(deps, callerOf(context), approval), 200);
  });
  app.openapi(routes.vote, async (context) => {
    const approval = await findApproval(deps, context.req.valid('param'));
    return context.json(await castVote(deps, callerOf(context), approval, context.req.valid('json')), 200);
  });
  app.openapi(routes.withdraw, async (context) => {
    const approval = await findApproval(deps, context.req.valid('param'));
    const { reason } = context.req.valid('json');
    const end = await withdrawApproval(deps, callerOf(context), approval, reason);
    return context.json({ approval: approval.id, ...end }, 200);
  });
}
