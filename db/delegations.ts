import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ApprovalStore, DelegationRecord } from '../domain/ports/approvals.js';
import type { Database, ReadSession } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { unknownProject } from './project-lock.js';
import { delegations } from './schema/members.js';

/** Both times of a delegation are the database's: it cannot be made, or ended, in the past. */
export function createDelegations(
  database: Database,
): Pick<ApprovalStore, 'delegate' | 'delegations' | 'endDelegation'> {
  return {
    async delegate({ id, project, from, to, role, until }) {
      const insert = database.write((session) =>
        session
          .insert(delegations)
          .values({ id, project, from, to, role, until: new Date(until) })
          .onConflictDoNothing()
          .returning(),
      );
      const [row] = await explained(insert, {
        delegations_project: () => unknownProject(project),
        delegations_to_another: () =>
          new RatchetError('REQUEST_INVALID', `${from} cannot delegate to themselves`, { from, to }),
      });
      if (row) return toDelegation(row);
      const known = await database.query((session) =>
        session.select().from(delegations).where(eq(delegations.id, id)),
      );
      return toDelegation(onlyRow(known));
    },
    delegations: (project) => database.query((session) => readDelegations(session, project)),
    async endDelegation(id) {
      await database.write((session) =>
        session
          .update(delegations)
          .set({ endedAt: sql`clock_timestamp()` })
          .where(and(eq(delegations.id, id), isNull(delegations.endedAt))),
      );
    },
  };
}

/** Those that are over too. */
export async function readDelegations(
  session: ReadSession,
  project: string,
): Promise<readonly DelegationRecord[]> {
  const rows = await session
    .select()
    .from(delegations)
    .where(eq(delegations.project, project))
    .orderBy(asc(delegations.createdAt), asc(delegations.id));
  return rows.map(toDelegation);
}

function toDelegation(row: typeof delegations.$inferSelect): DelegationRecord {
  return {
    ...row,
    until: row.until.toISOString(),
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
