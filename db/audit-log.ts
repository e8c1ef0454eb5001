import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { AuditEvent, AuditFilter, AuditLog } from '../domain/ports/audit.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { auditCheckpoints, auditEvents, auditHead } from './schema/audit.js';
import { storableJson } from './storable-json.js';
import { storableText } from './storable-text.js';

const defaultLimit = 100;
const mostLimit = 1000;
const pageRows = 5000;

/** The chain as it is read and told to. What changes rows is in it without being told: see the triggers. */
export function createAuditLog(database: Database): AuditLog {
  return {
    async append({ action, project, subject, details }) {
      const json = storableJson(details);
      const appended = database.write((session) =>
        session.execute(
          sql`select audit_append(${action}, ${project}, ${storableText(subject)}, ${json}::jsonb)`,
        ),
      );
      await explained(appended, {
        audit_events_told: () =>
          new RatchetError('INTERNAL', `action "${action}" is written by the change itself`, { action }),
      });
    },
    list: (filter) => list(database, filter),
    async head() {
      const [row] = await database.query((session) => session.select().from(auditHead));
      return row && row.seq > 0 ? { seq: row.seq, hash: row.hash, at: row.at.toISOString() } : undefined;
    },
    rows: (from) => pages(database, from),
    async keepCheckpoint({ seq, hash, at, envelope }) {
      await database.write((session) =>
        session
          .insert(auditCheckpoints)
          .values({ seq, hash, at: new Date(at), envelope })
          .onConflictDoNothing(),
      );
    },
    async checkpoints() {
      const rows = await database.query((session) =>
        session.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.seq)),
      );
      return rows.map(({ seq, hash, at, envelope }) => ({ seq, hash, at: at.toISOString(), envelope }));
    },
  };
}

async function list(database: Database, filter: AuditFilter): Promise<readonly AuditEvent[]> {
  const { project, actor, action, subject, before, limit = defaultLimit } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostLimit) {
    throw new RatchetError('REQUEST_INVALID', `a page has 1 to ${mostLimit} rows, ${limit} were asked for`, {
      limit,
    });
  }
  const rows = await database.query((session) =>
    session
      .select()
      .from(auditEvents)
      .where(
        and(
          project === undefined ? undefined : eq(auditEvents.project, project),
          actor === undefined ? undefined : eq(auditEvents.actor, actor),
          action === undefined ? undefined : eq(auditEvents.action, action),
          subject === undefined ? undefined : eq(auditEvents.subject, subject),
          before === undefined ? undefined : lt(auditEvents.seq, before),
        ),
      )
      .orderBy(desc(auditEvents.seq))
      .limit(limit),
  );
  return rows.map(toEvent);
}

/** The next page is asked for while one is looked at. */
async function* pages(database: Database, from: number): AsyncGenerator<readonly AuditEvent[]> {
  for (let asked = page(database, from); ; ) {
    const rows = await asked;
    const last = rows.at(-1);
    if (last === undefined) return;
    const isLast = rows.length < pageRows;
    if (!isLast) asked = page(database, last.seq + 1);
    // Whoever stops looking does not hear of it.
    asked.catch(() => undefined);
    yield rows;
    if (isLast) return;
  }
}

async function page(database: Database, from: number): Promise<readonly AuditEvent[]> {
  const rows = await database.query((session) =>
    session
      .select()
      .from(auditEvents)
      .where(gte(auditEvents.seq, from))
      .orderBy(asc(auditEvents.seq))
      .limit(pageRows),
  );
  return rows.map(toEvent);
}

function toEvent(row: typeof auditEvents.$inferSelect): AuditEvent {
  return { ...row, at: row.at.toISOString() };
}
