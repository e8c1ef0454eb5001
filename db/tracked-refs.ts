import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { TrackedRef, TrackedRefStore } from '../domain/ports/tracked-refs.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { unknownProject } from './project-lock.js';
import { trackedRefs } from './schema/tracking.js';
import { recordEvents } from './trigger-records.js';

type Move = Parameters<TrackedRefStore['move']>[0];

export function createTrackedRefStore(database: Database): TrackedRefStore {
  return {
    async get(project, ref) {
      const [row] = await database.query((session) =>
        session
          .select()
          .from(trackedRefs)
          .where(and(eq(trackedRefs.project, project), eq(trackedRefs.ref, ref))),
      );
      return row && toTrackedRef(row);
    },
    async list(project) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(trackedRefs)
          .where(eq(trackedRefs.project, project))
          .orderBy(asc(trackedRefs.ref)),
      );
      return rows.map(toTrackedRef);
    },
    async move(move, events) {
      const moved = database.transaction(async (session) => {
        if (!(await moveRow(session, move))) return false;
        await recordEvents(session, events);
        return true;
      });
      return await explained(moved, { tracked_refs_project: () => unknownProject(move.project) });
    },
  };
}

/** Whether the ref was where the move begins. Of two at once one waits for the other, and finds it moved. */
async function moveRow(session: Session, { project, ref, from, to }: Move): Promise<boolean> {
  const change = { commit: to, handledAt: sql`clock_timestamp()` };
  const rows =
    from === null
      ? await session
          .insert(trackedRefs)
          .values({ project, ref, commit: to })
          .onConflictDoUpdate({
            target: [trackedRefs.project, trackedRefs.ref],
            set: change,
            setWhere: isNull(trackedRefs.commit),
          })
          .returning({ ref: trackedRefs.ref })
      : await session
          .update(trackedRefs)
          .set(change)
          .where(
            and(eq(trackedRefs.project, project), eq(trackedRefs.ref, ref), eq(trackedRefs.commit, from)),
          )
          .returning({ ref: trackedRefs.ref });
  return rows.length > 0;
}

function toTrackedRef(row: typeof trackedRefs.$inferSelect): TrackedRef {
  return { ...row, handledAt: row.handledAt.toISOString() };
}
