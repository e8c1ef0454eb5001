import { and, eq, not, type SQL, sql } from 'drizzle-orm';
import type { RunStatus } from '../domain/names.js';
import { runs } from './schema/runs.js';

/** In the words of the index of open runs, so that it is used. */
const isOpen = sql`${runs.status} in ('running', 'waiting')`;

/**
 * Nobody works on any of its steps: one waits for its next attempt or for devices, or the next one has been left on its
 * queue for longer than it takes a worker to take it up.
 */
const isLeft = sql`(
  not exists (select from run_steps s where s.run_id = ${runs.id} and s.status = 'running')
  and (exists (select from run_steps s where s.run_id = ${runs.id} and s.status = 'waiting')
    or coalesce((select max(s.ended_at) from run_steps s where s.run_id = ${runs.id}), ${runs.createdAt})
      < now() - interval '1 second'))`;

/** The status that a list shows: of an open run whether it waits, which no row of its own says. */
export const shownStatus = sql<RunStatus>`
  case when not (${isOpen}) then ${runs.status} when ${isLeft} then 'waiting' else 'running' end`;

export function hasShownStatus(status: RunStatus): SQL | undefined {
  if (status === 'waiting') return and(isOpen, isLeft);
  return status === 'running' ? and(isOpen, not(isLeft)) : eq(runs.status, status);
}
