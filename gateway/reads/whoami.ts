import type { z } from '@hono/zod-openapi';
import { mayDo } from '../../domain/access/principal.js';
import { actions } from '../../domain/access/roles.js';
import type { Caller } from '../access/caller.js';
import type { whoamiSchema } from '../shapes/accounts.js';

/** A caller as they see themselves. */
export function whoami(caller: Caller): z.infer<typeof whoamiSchema> {
  const { account, kind, admin, method, scopes, onlyProject, roles, token } = caller;
  const projects = Object.keys(roles).toSorted();
  return {
    account,
    kind,
    admin,
    method,
    scopes: scopes && [...scopes],
    onlyProject,
    expiresAt: token?.expiresAt ?? null,
    roles: Object.fromEntries(projects.map((project) => [project, [...(roles[project] ?? [])]])),
    may: Object.fromEntries(
      projects.map((project) => [
        project,
        actions.filter(
          (action) => action !== 'public' && action !== 'account' && mayDo(caller, action, project),
        ),
      ]),
    ),
  };
}
