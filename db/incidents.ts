import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { IncidentFilter, IncidentRecord, WatchStore } from '../domain/ports/watches.js';
import { actingAs } from './acting.js';
import type { Database, Session } from './client.js';
import { readCursor, writeCursor } from './page-cursor.js';
import { pageLimit } from './page-limit.js';
import { incidents } from './schema/watches.js';
import { storableText } from './storable-text.js';

type Row = typeof incidents.$inferSelect;

const listOrder = 'incidents, newest';

export function createIncidents(
  database: Database,
): Pick<WatchStore, 'openIncidents' | 'incident' | 'incidents' | 'acknowledge' | 'close'> {
  const change = (id: string, by: string, set: Partial<typeof incidents.$inferInsert>) =>
    actingAs(by, () =>
      database.transaction(async (session) => {
        const [row] = await session
          .update(incidents)
          .set(set)
          .where(and(eq(incidents.id, id), isNull(incidents.closedAt)))
          .returning();
        if (row) return toIncident(row);
        const [there] = await session.select().from(incidents).where(eq(incidents.id, id));
        throw there ? closedAlready(id) : unknownIncident(id);
      }),
    );
  return {
    async openIncidents({ project, endpoint }) {
      const open = [
        eq(incidents.project, project),
        eq(incidents.endpoint, endpoint),
        isNull(incidents.closedAt),
      ];
      const rows = await database.query((session) =>
        session
          .select()
          .from(incidents)
          .where(and(...open))
          .orderBy(asc(incidents.createdAt), asc(incidents.id)),
      );
      return rows.map(toIncident);
    },
    async incident(id) {
      const [row] = await database.query((session) =>
        session.select().from(incidents).where(eq(incidents.id, id)),
      );
      if (row) return toIncident(row);
      throw unknownIncident(id);
    },
    incidents: (filter) => list(database, filter),
    acknowledge: (id, by) => change(id, by, { acknowledgedBy: by }),
    close: (id, by, because) =>
      change(id, by, { closedAt: new Date(), closedBy: by, closedBecause: storableText(because) }),
  };
}

/** Of a cause there is at most one open: a window that was judged beside this one is not written then. */
export async function putIncident(session: Session, incident: IncidentRecord): Promise<void> {
  const { openedAt, closedAt, ...rest } = incident;
  const row = {
    ...rest,
    openedAt: new Date(openedAt),
    closedAt: closedAt === null ? null : new Date(closedAt),
  };
  const { kind, sights, quietWindows, asksForRun, course, closedBecause } = row;
  const put = await session
    .insert(incidents)
    .values(row)
    .onConflictDoUpdate({
      target: incidents.id,
      set: { kind, sights, quietWindows, asksForRun, course, closedAt: row.closedAt, closedBecause },
      setWhere: isNull(incidents.closedAt),
    })
    .returning({ id: incidents.id });
  if (put.length === 0) throw closedAlready(incident.id);
}

async function list(database: Database, filter: IncidentFilter): ReturnType<WatchStore['incidents']> {
  const limit = pageLimit(filter.limit, 'incidents');
  const after = filter.after === undefined ? undefined : readCursor(filter.after, listOrder);
  const older =
    after && sql`(${incidents.createdAt}, ${incidents.id}) < (${after.at}::timestamptz, ${after.id})`;
  const rows = await database.query((session) =>
    session
      .select()
      .from(incidents)
      .where(and(...matching(filter), older))
      .orderBy(desc(incidents.createdAt), desc(incidents.id))
      .limit(limit + 1),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const cursor =
    last && ({ order: listOrder, part: 'newest', at: last.createdAt.toISOString(), id: last.id } as const);
  return { incidents: rows.slice(0, limit).map(toIncident), next: cursor ? writeCursor(cursor) : null };
}

function matching({ projects, endpoint, isOpen }: IncidentFilter): (SQL | undefined)[] {
  return [
    projects === undefined ? undefined : inArray(incidents.project, [...projects]),
    endpoint === undefined ? undefined : eq(incidents.endpoint, endpoint),
    isOpen === undefined ? undefined : isOpen ? isNull(incidents.closedAt) : isNotNull(incidents.closedAt),
  ];
}

function toIncident({ createdAt: _, openedAt, closedAt, ...row }: Row): IncidentRecord {
  return { ...row, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null };
}

export function unknownIncident(id: string): RatchetError {
  return new RatchetError('NOT_FOUND', `there is no incident "${id}"`, { incident: id });
}

function closedAlready(id: string): RatchetError {
  return new RatchetError('CONFLICT', `incident "${id}" is closed`, { incident: id });
}
