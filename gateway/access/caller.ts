import { mayDo, type Principal } from '../../domain/access/principal.js';
import type { Action } from '../../domain/access/roles.js';
import type { TokenRecord } from '../../domain/ports/accounts.js';

/** Who calls, with the token that says so; null for the stack's own. */
export interface Caller extends Principal {
  readonly token: TokenRecord | null;
}

/** The account that the stack's own token stands for. */
export const stackAccount = 'admin';

/** The caller of a route that demands one. */
export function callerOf(context: { get(key: 'caller'): Caller | null }): Caller {
  const caller = context.get('caller');
  if (caller === null) throw new Error('a route that demands a caller was reached without one');
  return caller;
}

/** Projects in which the caller may do something; null for all that there are. */
export function projectsWhere(caller: Principal, action: Action): readonly string[] | null {
  if (mayDo(caller, action, null)) return null;
  const { onlyProject, roles } = caller;
  const candidates = onlyProject === null ? Object.keys(roles) : [onlyProject];
  return candidates.filter((project) => mayDo(caller, action, project));
}

/** Rows of projects that the caller may read. */
export function readable<T extends { readonly project: string }>(
  caller: Principal,
  rows: readonly T[],
): readonly T[] {
  const projects = projectsWhere(caller, 'read');
  return projects === null ? rows : rows.filter(({ project }) => projects.includes(project));
}
