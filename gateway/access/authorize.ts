import type { MiddlewareHandler } from 'hono';
import { mayDo } from '../../domain/access/principal.js';
import { type Action, actionsOfRole, roles } from '../../domain/access/roles.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayEnv } from '../http/env.js';
import { type Caller, projectsWhere } from './caller.js';
import { type Found, type Place, platform } from './places.js';

/** A caller must be known, before anything of the request is read. */
export const demandCaller: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  demanded(context.get('caller'));
  await next();
};

/** Nothing happens unless a rule allows it, for every thing that the request is about. */
export function authorize(action: Action, place: Place): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const caller = demanded(context.get('caller'));
    const deps = context.get('deps');
    for (const found of await place.find(context, deps)) {
      const refusal = refusalOf(caller, action, found);
      if (refusal === undefined) continue;
      if (action === 'vote' && refusal.code === 'FORBIDDEN') {
        const details = { reason: refusal.error.message };
        const subject = context.req.path.slice(0, 300);
        await deps.audit.append({ action: 'vote.not-taken', project: found.project, subject, details });
      }
      throw refusal.error;
    }
    await next();
  };
}

/** For what is of no one project, such as the chain of the audit: who may do it in any may do it here. */
export const anywhere: (action: Action) => Place = (action) => ({
  from: 'any project',
  find: async (context) => {
    const projects = projectsWhere(demanded(context.get('caller')), action) ?? [null];
    return projects.length === 0
      ? platform.find(context, context.get('deps'))
      : [{ project: projects[0] ?? null }];
  },
});

function demanded(caller: Caller | null): Caller {
  if (caller !== null) return caller;
  throw new RatchetError(
    'UNAUTHENTICATED',
    'this address needs a valid token: send the header "authorization: Bearer <token>"',
  );
}

interface Refusal {
  readonly code: string;
  readonly error: Error;
}

/** Who may read it is told why not; to everybody else it is not there. */
function refusalOf(caller: Caller, action: Action, { project, unknown }: Found): Refusal | undefined {
  if (mayDo(caller, action, project)) return undefined;
  const sees = project !== null && mayDo({ ...caller, scopes: null }, 'read', project);
  const error =
    (sees ? undefined : unknown) ?? new RatchetError('FORBIDDEN', forbidden(caller, action, project));
  return { code: error instanceof RatchetError ? error.code : 'REQUEST_INVALID', error };
}

function forbidden(
  { account, admin, scopes, onlyProject, roles: held }: Caller,
  action: Action,
  project: string | null,
): string {
  if (scopes !== null && !scopes.includes(action)) {
    return `the token may do ${scopes.join(', ') || 'nothing'} alone, and this is "${action}"`;
  }
  if (project === null) {
    return onlyProject === null
      ? `${account} may not do this: it takes an administrator`
      : `the token is for project ${onlyProject} alone`;
  }
  const able = roles.filter((role) => actionsOfRole[role].includes(action)).join(', ');
  if (admin) return `${account} administers, and may not ${action}; in a project that takes one of ${able}`;
  const own = Object.hasOwn(held, project) ? (held[project] ?? []).join(', ') : 'nothing';
  return `${account} is ${own} in ${project} and may not ${action}; that takes one of ${able}`;
}
