import type { AccountKind, SignInMethod } from '../ports/accounts.js';
import { type Action, actionsOfRole, type Role } from './roles.js';

/** Who calls, as far as the token says, and what they are in each project. */
export interface Principal {
  readonly account: string;
  readonly kind: AccountKind;
  /** May do everything but vote, in every project. */
  readonly admin: boolean;
  readonly method: SignInMethod;
  /** What the token was narrowed to; null for all that the account may do. */
  readonly scopes: readonly Action[] | null;
  /** The one project that the token was narrowed to; null for all. */
  readonly onlyProject: string | null;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/**
 * Whether the action is allowed in the project; null asks about the platform as a whole. Denied unless a rule allows
 * it. An administrator may not vote: who can make accounts must not approve with them.
 */
export function mayDo(principal: Principal, action: Action, project: string | null): boolean {
  const { scopes, onlyProject } = principal;
  if (action === 'public' || action === 'account') return true;
  if (scopes !== null && !scopes.includes(action)) return false;
  if (onlyProject !== null && project !== onlyProject) return false;
  if (principal.admin && action !== 'vote') return true;
  if (action === 'administer' || project === null) return false;
  const held = Object.hasOwn(principal.roles, project) ? (principal.roles[project] ?? []) : [];
  return held.some((role) => actionsOfRole[role].includes(action));
}
