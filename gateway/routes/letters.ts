import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed, ofLetter } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json } from '../http/json.js';
import { route } from '../http/route.js';
import { letterDetail, letterPage } from '../reads/letters.js';
import {
  letterDetailSchema,
  letterListQuery,
  letterPageSchema,
  redrivenSchema,
  testNoticeSchema,
} from '../shapes/letters.js';
import { redriveLetters, sendTestNotice } from '../stories/send-letters.js';

const params = z.object({ project: nameField });

const routes = {
  list: route('read', listed, {
    method: 'get',
    path: '/api/v1/letters',
    summary: 'Notices on their way to people and programs, newest first.',
    request: { query: letterListQuery },
    responses: json(200, letterPageSchema, 'A page.'),
  }),
  show: route('read', ofLetter, {
    method: 'get',
    path: '/api/v1/letters/{id}',
    summary: 'One letter, with every try to deliver it.',
    request: { params: z.object({ id: z.string() }) },
    responses: json(200, letterDetailSchema, 'The letter.'),
  }),
  redrive: route('project', inPath, {
    method: 'post',
    path: '/api/v1/projects/{project}/letters/redrive',
    summary: 'Tries dead letters of a project again.',
    request: { params },
    responses: json(200, redrivenSchema, 'How many.'),
  }),
  test: route('project', inPath, {
    method: 'post',
    path: '/api/v1/projects/{project}/letters/test',
    summary: 'Sends a test to every target of the notifications of a project.',
    request: { params },
    responses: json(200, testNoticeSchema, 'Where it is on its way to.'),
  }),
};

export function letterRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.list, async (context) => {
    const readable = projectsWhere(callerOf(context), 'read');
    return context.json(await letterPage(deps, context.req.valid('query'), readable), 200);
  });
  app.openapi(routes.show, async (context) =>
    context.json(await letterDetail(deps, context.req.valid('param').id), 200),
  );
  app.openapi(routes.redrive, async (context) =>
    context.json({ letters: await redriveLetters(deps, context.req.valid('param').project) }, 200),
  );
  app.openapi(routes.test, async (context) => {
    const by = callerOf(context).account;
    return context.json(await sendTestNotice(deps, context.req.valid('param').project, by), 200);
  });
}
