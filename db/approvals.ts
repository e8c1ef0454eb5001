import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { approvalId } from '../domain/approvals/approval.js';
import { canonicalText } from '../domain/canonical-text.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ApprovalFilter, ApprovalRecord, ApprovalStore } from '../domain/ports/approvals.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { createDelegations } from './delegations.js';
import { onlyRow } from './only-row.js';
import { readCursor, writeCursor } from './page-cursor.js';
import { pageLimit } from './page-limit.js';
import { unknownProject } from './project-lock.js';
import { approvals } from './schema/approvals.js';
import { storableText } from './storable-text.js';
import { createVotes } from './votes.js';

type Approvals = Pick<ApprovalStore, 'open' | 'get' | 'list' | 'latest' | 'enterStage' | 'end'>;

const listOrder = 'approvals, newest';

export function createApprovalStore(database: Database): ApprovalStore {
  return { ...createApprovals(database), ...createVotes(database), ...createDelegations(database) };
}

/** Status, stage and times of a new row, and the times of later ones, are set by triggers. */
function createApprovals(database: Database): Approvals {
  return {
    async open(request) {
      const id = approvalId(request);
      const { project, kind, subject, round, digests, stages, authorSet, requestedBy, exhibits } = request;
      const asked = { id, project, kind, subject, round, digests, stages, authorSet, requestedBy };
      const row = { ...asked, exhibits: exhibits ?? {} };
      const insert = database.write((session) =>
        session
          .insert(approvals)
          .values({ ...row, status: 'open', stage: 0, stageOpenedAt: sql`now()` })
          .onConflictDoNothing()
          .returning(),
      );
      const [made] = await explained(insert, { approvals_project: () => unknownProject(project) });
      if (made) return toApproval(made);
      const known = await database.query((session) => readApproval(session, id));
      if (canonicalText(known.digests) === canonicalText(digests)) return known;
      throw new RatchetError('CONFLICT', `approval "${id}" is there already, about other digests`, {
        approval: id,
      });
    },
    get: (id) => database.query((session) => readApproval(session, id)),
    list: (filter) => list(database, filter),
    async latest(project, subject) {
      const [row] = await database.query((session) =>
        session
          .select()
          .from(approvals)
          .where(and(eq(approvals.project, project), eq(approvals.subject, subject)))
          .orderBy(desc(approvals.round))
          .limit(1),
      );
      return row && toApproval(row);
    },
    enterStage: (id, stage) => database.transaction((session) => enterStage(session, id, stage)),
    async end(id, status, reason) {
      const [row] = await database.write((session) =>
        session
          .update(approvals)
          .set({ status, reason: storableText(reason) })
          .where(and(eq(approvals.id, id), eq(approvals.status, 'open')))
          .returning(),
      );
      return row ? toApproval(row) : database.query((session) => readApproval(session, id));
    },
  };
}

async function enterStage(session: Session, id: string, stage: number): Promise<ApprovalRecord> {
  const [row] = await session.select().from(approvals).where(eq(approvals.id, id)).for('no key update');
  if (!row) throw unknownApproval(id);
  if (row.stage >= stage) return toApproval(row);
  if (row.status !== 'open' || row.stage + 1 !== stage || stage > row.stages.length) {
    throw new RatchetError(
      'CONFLICT',
      `approval "${id}" is ${row.status} in stage ${row.stage} of ${row.stages.length}, and stage ${stage} does not follow`,
      { approval: id, stage },
    );
  }
  const rows = await session.update(approvals).set({ stage }).where(eq(approvals.id, id)).returning();
  return toApproval(onlyRow(rows));
}

async function list(
  database: Database,
  filter: ApprovalFilter,
): Promise<{ readonly approvals: readonly ApprovalRecord[]; readonly next: string | null }> {
  const { project, projects, status, kind } = filter;
  const limit = pageLimit(filter.limit, 'approvals');
  const after = filter.after === undefined ? undefined : readCursor(filter.after, listOrder);
  const conditions: (SQL | undefined)[] = [
    project === undefined ? undefined : eq(approvals.project, project),
    projects === undefined ? undefined : inArray(approvals.project, [...projects]),
    status === undefined ? undefined : eq(approvals.status, status),
    kind === undefined ? undefined : eq(approvals.kind, kind),
    after && sql`(${approvals.openedAt}, ${approvals.id}) < (${after.at}::timestamptz, ${after.id})`,
  ];
  const rows = await database.query((session) =>
    session
      .select()
      .from(approvals)
      .where(and(...conditions))
      .orderBy(desc(approvals.openedAt), desc(approvals.id))
      .limit(limit + 1),
  );
  const shown = rows.slice(0, limit).map(toApproval);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const cursor = last && ({ order: listOrder, part: 'newest', at: last.openedAt, id: last.id } as const);
  return { approvals: shown, next: cursor ? writeCursor(cursor) : null };
}

export async function readApproval(session: ReadSession, id: string): Promise<ApprovalRecord> {
  const [row] = await session.select().from(approvals).where(eq(approvals.id, id));
  if (row) return toApproval(row);
  throw unknownApproval(id);
}

function unknownApproval(id: string): RatchetError {
  return new RatchetError('APPROVAL_NOT_FOUND', `there is no approval "${id}"`, { approval: id });
}

function toApproval(row: typeof approvals.$inferSelect): ApprovalRecord {
  const { stageOpenedAt, openedAt, endedAt } = row;
  return {
    ...row,
    stageOpenedAt: stageOpenedAt.toISOString(),
    openedAt: openedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
