import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { causeOfResume, isResumedBy } from '../domain/lifecycle/resume.js';
import type { RunStatus } from '../domain/names.js';
import type { Cause, Resume, RunRecord, RunStore } from '../domain/ports/runs.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { endsSteps, isOpen, openStatuses } from './open-statuses.js';
import { unknownProject } from './project-lock.js';
import { runLogs, runRefusals, runResults, runSteps } from './schema/run-steps.js';
import { runs } from './schema/runs.js';
import type { StepOwner } from './step-owner.js';
import { endOpenSteps } from './steps.js';
import { storableTextOrNull } from './storable-text.js';

/** Runs as what has steps. */
export const runOwner: StepOwner = {
  what: 'run',
  table: runs,
  id: runs.id,
  status: runs.status,
  ...{ steps: runSteps, results: runResults, refusals: runRefusals, logs: runLogs },
  unknown: unknownRun,
};

type RunRecords = Pick<RunStore, 'create' | 'get' | 'setCommit' | 'setStatus' | 'reopen' | 'open'>;

/** The rows of runs themselves. */
export function createRunRecords(database: Database): RunRecords {
  const get = (id: string) => database.query((session) => readRun(session, id));
  return {
    get,
    async create(wanted) {
      const { id, project, model } = wanted;
      const insert = database.write((session) => insertRun(session, wanted));
      const made = await explained(insert, { runs_project: () => unknownProject(project) });
      if (made) return { run: made, created: true };
      const run = await get(id);
      if (run.project === project && run.model === model) return { run, created: false };
      throw new RatchetError(
        'CONFLICT',
        `run "${id}" is there already, and not of model ${project}/${model}`,
        { runId: id },
      );
    },
    async setCommit(id, commit) {
      const rows = await database.write((session) =>
        session.update(runs).set({ commit }).where(eq(runs.id, id)).returning({ id: runs.id }),
      );
      if (rows.length === 0) throw unknownRun(id);
    },
    async setStatus(id, status, reason) {
      const work = (session: Session) => setStatus(session, id, status, storableTextOrNull(reason));
      await (endsSteps(status) ? database.transaction(work) : database.write(work));
    },
    reopen: (id, ref, resume) => database.transaction((session) => reopen(session, id, ref, resume)),
    async open() {
      const rows = await database.query((session) =>
        session
          .select()
          .from(runs)
          .where(inArray(runs.status, [...openStatuses]))
          .orderBy(asc(runs.createdAt), asc(runs.id)),
      );
      return rows.map(toRun);
    },
  };
}

/** Undefined where a run has the id already. */
export async function insertRun(
  session: Session,
  wanted: Parameters<RunStore['create']>[0] & { readonly clockAt?: string | undefined },
): Promise<RunRecord | undefined> {
  const { id, project, model, ref, variant, causes, automatic = false } = wanted;
  const clockAt = wanted.clockAt === undefined ? null : new Date(wanted.clockAt);
  const [row] = await session
    .insert(runs)
    .values({ id, project, model, ref, variant, causes, automatic, clockAt, status: 'running' })
    // Of either unique key: writers that race may meet the one or the other.
    .onConflictDoNothing()
    .returning();
  return row && toRun(row);
}

async function setStatus(
  session: Session,
  id: string,
  status: RunStatus,
  reason: string | null,
): Promise<void> {
  const ended = !isOpen(status);
  const rows = await session
    .update(runs)
    .set({ status, reason, endedAt: ended ? sql`now()` : null })
    .where(and(eq(runs.id, id), inArray(runs.status, [...openStatuses])))
    .returning({ id: runs.id });
  if (rows.length === 0) await readRun(session, id);
  else if (endsSteps(status)) await endOpenSteps(session, runOwner, id, { status, reason });
}

const blank = { status: 'running', commit: null, reason: null, endedAt: null } as const;

/** The commit is resolved anew from the ref, and what gates said of the round before does not count in this one. */
async function reopen(session: Session, id: string, ref: string, resume: Resume): Promise<RunRecord> {
  const [found] = await session.select().from(runs).where(eq(runs.id, id)).for('update');
  if (found === undefined) throw unknownRun(id);
  if (isResumedBy(found, resume)) return toRun(found);
  const { status, round } = found;
  if (isOpen(status)) {
    const message = `run "${id}" is ${status}; only a run that has ended can be opened again`;
    throw new RatchetError('CONFLICT', message, { runId: id, status });
  }
  const cause: readonly Cause[] = [causeOfResume(found, resume)];
  await session.delete(runRefusals).where(eq(runRefusals.runId, id));
  const rows = await session
    .update(runs)
    .set({
      ...blank,
      ref,
      causes: sql`${runs.causes} || ${JSON.stringify(cause)}::jsonb`,
      reopenedAt: sql`now()`,
      round: round + 1,
    })
    .where(eq(runs.id, id))
    .returning();
  return toRun(onlyRow(rows));
}

async function readRun(session: ReadSession, id: string): Promise<RunRecord> {
  const [row] = await session.select().from(runs).where(eq(runs.id, id));
  if (row) return toRun(row);
  throw unknownRun(id);
}

export function unknownRun(id: string): RatchetError {
  return new RatchetError('RUN_NOT_FOUND', `there is no run "${id}"`, { runId: id });
}

export function toRun({ clockAt: _, ...row }: typeof runs.$inferSelect): RunRecord {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    reopenedAt: row.reopenedAt?.toISOString() ?? null,
  };
}
