import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { unknownIncident } from '../../db/incidents.js';
import { unknownLetter } from '../../db/outbox.js';
import { unknownProject } from '../../db/project-lock.js';
import { unknownRelease } from '../../db/release-records.js';
import { unknownRun } from '../../db/run-records.js';
import { unknownEvent } from '../../db/trigger-events.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';

/** One thing that a request is about: its project, or null for the platform as a whole. */
export interface Found {
  readonly project: string | null;
  /** What is answered to who may not know that it is there: the same as where it is not. */
  readonly unknown?: Error;
}

/** Where the project of a route's request comes from. */
export interface Place {
  /** In the OpenAPI document, and in the matrix of who may call. */
  readonly from: string;
  readonly find: (context: Context<GatewayEnv>, deps: GatewayDeps) => Promise<readonly Found[]>;
}

/** Nothing of a project: what is public, of the caller alone, or of administrators. */
export const platform: Place = { from: 'platform', find: async () => [{ project: null }] };

/** A list: of the project that the query names, else of all, of which the handler leaves out what may not be read. */
export const listed: Place = {
  from: 'list',
  find: async (context) => {
    const project = context.req.query('project');
    return project === undefined ? [] : [named(project)];
  },
};

/** The project in the address. */
export const inPath: Place = {
  from: 'path',
  find: async (context) => [named(context.req.param('project') ?? '')],
};

/** The project in the body, whose shape demands it. */
export const inBody: Place = {
  from: 'body',
  find: async (context) => {
    const project = await bodyField(context, 'project');
    return [typeof project === 'string' ? named(project) : { project: null, unknown: lacking('project') }];
  },
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The project of what the address names by its id. */
function byId(
  from: string,
  unknown: (id: string) => RatchetError,
  get: (deps: GatewayDeps, id: string) => Promise<string>,
  pattern = uuid,
): Place & { readonly of: (deps: GatewayDeps, id: string) => Promise<Found> } {
  const of = async (deps: GatewayDeps, id: string): Promise<Found> => {
    const refusal = unknown(id.slice(0, 100));
    if (!pattern.test(id)) return { project: null, unknown: refusal };
    try {
      return { project: await get(deps, id), unknown: refusal };
    } catch (error) {
      if (error instanceof RatchetError && error.code === refusal.code)
        return { project: null, unknown: refusal };
      throw error;
    }
  };
  return { from, of, find: async (context, deps) => [await of(deps, context.req.param('id') ?? '')] };
}

/** The project of the run, the event, the letter, the release or the incident in the address. */
export const ofRun = byId('run', unknownRun, async ({ runs }, id) => (await runs.get(id)).project);
export const ofEvent: Place = byId(
  'event',
  unknownEvent,
  async ({ triggers }, id) => (await triggers.get(id)).project,
);
export const ofLetter: Place = byId(
  'letter',
  unknownLetter,
  async ({ outbox }, id) => (await outbox.get(id)).notice.project,
);

export const ofRelease: Place = byId(
  'release',
  unknownRelease,
  async ({ releases }, id) => (await releases.get(id)).project,
  /^[a-z0-9][a-z0-9.-]{0,199}$/,
);

export const ofIncident: Place = byId(
  'incident',
  unknownIncident,
  async ({ watches }, id) => (await watches.incident(id)).project,
  /^inc-[0-9a-f]{20}$/,
);

/** The projects of all runs that `ids` names. */
export const ofRuns: Place = {
  from: 'runs',
  find: (context, deps) => {
    const ids = (context.req.query('ids') ?? '').split(',').map((id) => id.trim());
    return Promise.all([...new Set(ids)].slice(0, mostRuns).map((id) => ofRun.of(deps, id)));
  },
};

/**
 * The project that was read from the repository in the body; the platform where none was. Its file may name another one
 * by now: whoever reads it asks again.
 */
export const ofRepository: Place = {
  from: 'repository',
  find: async (context, deps) => {
    const repo = await bodyField(context, 'repo');
    const known = (await deps.projects.list()).filter((project) => project.repo === repo);
    const unknown = new RatchetError(
      'FORBIDDEN',
      'a repository that is no project of yours is added by an administrator',
    );
    const found = known.map(({ name }) => ({ project: name, unknown }));
    return found.length > 0 ? found : [{ project: null, unknown }];
  },
};

/** The project that the query names; the platform where it names none. */
export const inQuery: Place = {
  from: 'query',
  find: async (context) => {
    const project = context.req.query('project');
    if (project !== undefined) return [named(project)];
    const unknown = new RatchetError(
      'FORBIDDEN',
      'only an administrator sees all projects at once; name one of yours with "project"',
    );
    return [{ project: null, unknown }];
  },
};

/** More than a comparison takes; its own rules say what is wrong with so many. */
const mostRuns = 50;

const named = (project: string): Found => ({ project, unknown: unknownProject(project.slice(0, 100)) });

/** A field of a body that is JSON and says so; what else is wrong with it is for the shape of the route. */
async function bodyField(context: Context<GatewayEnv>, field: string): Promise<unknown> {
  if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) throw new HTTPException(415);
  const body: unknown = await context.req.json().catch(() => {
    throw new HTTPException(400);
  });
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}

const lacking = (field: string) =>
  new RatchetError('REQUEST_INVALID', `body.${field} is not there: allowed is a name`, { field });
