import { and, asc, eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { DeclaredSchedule, SchedulePause, ScheduleStore } from '../domain/ports/schedules.js';
import { actingAs } from './acting.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { unknownProject } from './project-lock.js';
import { schedulePauses, schedules } from './schema/schedules.js';
import { storableText } from './storable-text.js';

export function createScheduleStore(database: Database): ScheduleStore {
  return {
    list: (project) =>
      database.query((session) =>
        session.select().from(schedules).where(eq(schedules.project, project)).orderBy(asc(schedules.id)),
      ),
    async put(schedule) {
      const put = database.write((session) => putSchedule(session, schedule));
      await explained(put, { schedules_project: () => unknownProject(schedule.project) });
    },
    async remove(project, id) {
      await database.write((session) =>
        session.delete(schedules).where(and(eq(schedules.project, project), eq(schedules.id, id))),
      );
    },
    async pause(pause) {
      const paused = actingAs(pause.by, () => database.write((session) => putPause(session, pause)));
      return await explained(paused, { schedule_pauses_project: () => unknownProject(pause.project) });
    },
    resume: (at, by) => actingAs(by, () => database.write((session) => removePause(session, at))),
    async pauses(project) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(schedulePauses)
          .where(eq(schedulePauses.project, project))
          .orderBy(asc(schedulePauses.id)),
      );
      return rows.map(toPause);
    },
  };
}

async function putSchedule(session: Session, schedule: DeclaredSchedule): Promise<void> {
  const { project, id, ...set } = schedule;
  await session
    .insert(schedules)
    .values({ project, id, ...set })
    .onConflictDoUpdate({ target: [schedules.project, schedules.id], set });
}

async function putPause(
  session: Session,
  { project, id, by, ...pause }: Omit<SchedulePause, 'since'>,
): Promise<SchedulePause> {
  const reason = storableText(pause.reason);
  const rows = await session
    .insert(schedulePauses)
    .values({ project, id, by, reason })
    .onConflictDoUpdate({ target: [schedulePauses.project, schedulePauses.id], set: { by, reason } })
    .returning();
  return toPause(onlyRow(rows));
}

async function removePause(
  session: Session,
  { project, id }: Pick<SchedulePause, 'id' | 'project'>,
): Promise<SchedulePause> {
  const [row] = await session
    .delete(schedulePauses)
    .where(and(eq(schedulePauses.project, project), eq(schedulePauses.id, id)))
    .returning();
  if (row) return toPause(row);
  throw new RatchetError('CONFLICT', `schedule ${id} is not paused`, { schedule: id });
}

function toPause(row: typeof schedulePauses.$inferSelect): SchedulePause {
  return { ...row, since: row.since.toISOString() };
}
