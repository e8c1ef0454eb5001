import { randomUUID } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DelegationRecord } from '../../domain/ports/approvals.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import type { delegateSchema } from '../shapes/approvals.js';

const mostDays = 90;
const dayMs = 86_400_000;

/** The caller's place, for a time, to another member. Errors: `REQUEST_INVALID`, `FORBIDDEN` for a role that they do not have. */
export async function delegate(
  deps: GatewayDeps,
  caller: Caller,
  project: string,
  { to, role, until }: z.infer<typeof delegateSchema>,
): Promise<DelegationRecord> {
  const aheadMs = Date.parse(until) - Date.now();
  if (!(aheadMs > 0 && aheadMs <= mostDays * dayMs)) {
    throw new RatchetError(
      'REQUEST_INVALID',
      `a delegation ends within ${mostDays} days from now, and not at ${until}`,
    );
  }
  const held = caller.roles[project] ?? [];
  if (caller.kind !== 'person' || !held.includes(role)) {
    const is = caller.kind === 'person' ? held.join(', ') || 'nothing' : 'a machine';
    throw new RatchetError(
      'FORBIDDEN',
      `${caller.account} is ${is} in ${project} and delegates no vote as ${role}`,
    );
  }
  const members = await deps.accounts.members(project);
  if (!members.some(({ account }) => account === to)) {
    throw new RatchetError('REQUEST_INVALID', `${to} is not a member of ${project}, and could not vote`);
  }
  return deps.approvals.delegate({ id: randomUUID(), project, from: caller.account, to, role, until });
}

/** By who made it, or who administers the project. Errors: `NOT_FOUND`, `FORBIDDEN`. */
export async function endDelegation(
  deps: GatewayDeps,
  caller: Caller,
  project: string,
  id: string,
): Promise<DelegationRecord> {
  const find = async () => {
    const found = (await deps.approvals.delegations(project)).find((row) => row.id === id);
    if (found !== undefined) return found;
    throw new RatchetError('NOT_FOUND', `project ${project} has no delegation "${id}"`, { delegation: id });
  };
  const { from } = await find();
  const governs = caller.admin || (caller.roles[project] ?? []).includes('admin');
  if (from !== caller.account && !governs) {
    throw new RatchetError(
      'FORBIDDEN',
      `a delegation of ${from} is ended by them or by an admin of ${project}`,
    );
  }
  await deps.approvals.endDelegation(id);
  return find();
}
