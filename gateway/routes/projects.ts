import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { differencesText } from '../../domain/changes/governed-differences.js';
import { nameField } from '../../domain/config/fields.js';
import { workflowIds } from '../../domain/names.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { callerOf, projectsWhere } from '../access/caller.js';
import { inPath, listed, ofRepository } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { json, jsonBody } from '../http/json.js';
import { route } from '../http/route.js';
import { addProjectSchema, appliedProjectSchema, projectSchema } from '../shapes/projects.js';
import { runStory } from '../stories/run-story.js';

const add = route('project', ofRepository, {
  method: 'post',
  path: '/api/v1/projects',
  summary: 'Reads ratchet.project.yaml of a repository and puts it in force. Doing it again reads it again.',
  request: jsonBody(addProjectSchema),
  responses: json(200, appliedProjectSchema, 'The project.'),
});

const list = route('read', listed, {
  method: 'get',
  path: '/api/v1/projects',
  summary: 'The projects that the caller may read.',
  responses: json(200, z.object({ projects: z.array(projectSchema) }), 'The projects, by name.'),
});

const show = route('read', inPath, {
  method: 'get',
  path: '/api/v1/projects/{project}',
  summary: 'One project.',
  request: { params: z.object({ project: nameField }) },
  responses: json(200, projectSchema, 'The project.'),
});

export function projectRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(add, async (context) => {
    const body = context.req.valid('json');
    const { account, onlyProject } = callerOf(context);
    const { project, change } = await runStory(deps.client, 'applyProject', {
      workflowId: workflowIds.applyRepository(body.repo),
      input: { ...body, by: account, ...(onlyProject === null ? {} : { onlyProject }) },
    });
    const waiting = change && { approval: change.approval, differences: differencesText(change.differences) };
    return context.json({ ...shown(await deps.projects.get(project)), change: waiting }, 200);
  });
  app.openapi(list, async (context) => {
    const readable = projectsWhere(callerOf(context), 'read');
    const projects = (await deps.projects.list()).filter(({ name }) => readable?.includes(name) ?? true);
    return context.json({ projects: projects.map(shown) }, 200);
  });
  app.openapi(show, async (context) =>
    context.json(shown(await deps.projects.get(context.req.valid('param').project)), 200),
  );
}

function shown({ config, ...project }: ProjectRecord): z.infer<typeof projectSchema> {
  return {
    ...project,
    organisation: config.organisation ?? false,
    models: config.models.map(({ name }) => name),
    sources: Object.entries(config.sources).map(([name, { kind }]) => ({ name, kind })),
  };
}
