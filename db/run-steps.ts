import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { RunStore, StepRecord } from '../domain/ports/runs.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { isOpen, unknownRun } from './run-records.js';
import { runResults, runSteps } from './schema/run-steps.js';
import { runs } from './schema/runs.js';
import { storableText, storableTextOrNull } from './storable-text.js';

type RunSteps = Pick<
  RunStore,
  'steps' | 'beginStep' | 'updateStep' | 'endStep' | 'storedResult' | 'skipStep'
>;

/** Steps and their attempts. Every write of an attempt names its fence, and meets no row once a newer one began. */
export function createRunSteps(database: Database): RunSteps {
  return {
    async steps(runId) {
      const rows = await database.query((session) =>
        session.select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(asc(runSteps.ordinal)),
      );
      return rows.map(toStep);
    },
    async beginStep(step) {
      const begun = await database.write((session) => begin(session, step));
      if (begun) return begun.fence;
      throw await database.query((session) => notBegun(session, step));
    },
    updateStep: (runId, name, fence, change) =>
      database.write((session) => update(session, { runId, name, fence }, change)),
    endStep: (runId, name, fence, end) =>
      database.write((session) => finish(session, { runId, name, fence }, end)),
    async storedResult(runId, name, inputs) {
      const wanted = sql`${runResults.inputs} = ${JSON.stringify(inputs)}::jsonb`;
      const [row] = await database.query((session) =>
        session
          .select({ result: runResults.result })
          .from(runResults)
          .where(and(eq(runResults.runId, runId), eq(runResults.name, name), wanted))
          .orderBy(desc(runResults.fence))
          .limit(1),
      );
      return row && { result: row.result.value };
    },
    async skipStep(runId, name, reason) {
      await explained(
        database.write((session) => skip(session, runId, name, storableText(reason))),
        {
          run_steps_run: () => unknownRun(runId),
        },
      );
    },
  };
}

interface Attempt {
  readonly runId: string;
  readonly name: string;
  readonly fence: number;
}

/** What an attempt begins with, whatever the one before left. */
const blank = { endedAt: null, inputs: {}, reason: null, progress: null, waiting: null } as const;

/**
 * In one statement. The run's row is shared with other attempts, not with whoever ends the run: no step begins in a run
 * that is over. The last step of a run that succeeded may be tried again, as its answer may have been lost.
 */
async function begin(
  session: Session,
  step: Parameters<RunStore['beginStep']>[0],
): Promise<{ readonly fence: number } | undefined> {
  const { runId, name, attempt, worker, scheduledAt = null } = step;
  const [row] = await session.execute<{ fence: number }>(sql`
    with run as (select status from runs where id = ${runId} for share)
    insert into run_steps as step (run_id, name, fence, status, attempt, worker, scheduled_at, started_at)
    select ${runId}, ${name}, 1, 'running', ${attempt}::int, ${worker}, ${scheduledAt}::timestamptz, now()
    from run
    where run.status in ('running', 'waiting') or run.status = 'succeeded' and exists (
      select from run_steps before
      where before.run_id = ${runId} and before.name = ${name} and before.attempt < ${attempt}::int)
    on conflict (run_id, name) do update set
      fence = step.fence + 1, status = excluded.status, attempt = excluded.attempt, worker = excluded.worker,
      scheduled_at = excluded.scheduled_at, started_at = excluded.started_at,
      ended_at = null, inputs = '{}', reason = null, progress = null, waiting = null
    where coalesce(step.scheduled_at <= excluded.scheduled_at, true)
    returning step.fence`);
  return row;
}

/** Why an attempt did not begin. */
async function notBegun(
  session: ReadSession,
  { runId, name }: Pick<Attempt, 'runId' | 'name'>,
): Promise<RatchetError> {
  const [run] = await session.select({ status: runs.status }).from(runs).where(eq(runs.id, runId));
  if (!run) return unknownRun(runId);
  if (isOpen(run.status)) return leaseLost(name, 'an attempt that was scheduled later has begun');
  if (run.status !== 'succeeded') return leaseLost(name, `the run is ${run.status}`);
  return leaseLost(name, 'the run has succeeded, and a later attempt than this one has begun');
}

async function update(session: Session, attempt: Attempt, change: Parameters<RunStore['updateStep']>[3]) {
  const { progress, waiting, inputs } = change;
  const set = {
    ...(progress !== undefined && { progress: storableTextOrNull(progress) }),
    ...(waiting !== undefined && ({ waiting, status: waiting === null ? 'running' : 'waiting' } as const)),
    ...(inputs !== undefined && { inputs }),
  };
  if (Object.keys(set).length === 0) return;
  const rows = await session
    .update(runSteps)
    .set(set)
    .where(holds(attempt))
    .returning({ name: runSteps.name });
  if (rows.length === 0) throw leaseLost(attempt.name, 'a newer attempt began, or this one has ended');
}

/** In one statement. A second end of the same attempt changes nothing: the first answer may have been lost on its way. */
async function finish(
  session: Session,
  attempt: Attempt,
  { status, reason, inputs, result }: Parameters<RunStore['endStep']>[3],
): Promise<void> {
  const { runId, name, fence } = attempt;
  const known = inputs === undefined ? null : JSON.stringify(inputs);
  const kept = result === undefined ? null : JSON.stringify({ value: result });
  const [row] = await session.execute(sql`
    with ended as (
      update run_steps set
        status = ${status}, reason = ${storableTextOrNull(reason)}, progress = null, waiting = null,
        ended_at = case when ${isOpen(status)}::boolean then null else now() end,
        inputs = coalesce(${known}::jsonb, inputs)
      where run_id = ${runId} and name = ${name} and fence = ${fence} and ended_at is null
      returning inputs
    ), kept as (
      insert into run_results (run_id, name, fence, inputs, result)
      select ${runId}, ${name}, ${fence}::int, ended.inputs, ${kept}::jsonb from ended where ${kept}::jsonb is not null
      on conflict do nothing
    )
    select true as ended from ended`);
  if (!row) await requireSameFence(session, attempt);
}

async function requireSameFence(session: Session, { runId, name, fence }: Attempt): Promise<void> {
  const [row] = await session
    .select({ fence: runSteps.fence })
    .from(runSteps)
    .where(and(eq(runSteps.runId, runId), eq(runSteps.name, name)));
  if (row?.fence !== fence) throw leaseLost(name, 'a newer attempt began, or the run is over');
}

async function skip(session: Session, runId: string, name: string, reason: string): Promise<void> {
  const never = { worker: null, scheduledAt: null, startedAt: null } as const;
  const skipped = { status: 'skipped', attempt: 0, ...never, ...blank, reason } as const;
  await session
    .insert(runSteps)
    .values({ runId, name, fence: 1, ...skipped })
    .onConflictDoUpdate({
      target: [runSteps.runId, runSteps.name],
      set: { ...skipped, fence: sql`${runSteps.fence} + 1` },
    });
}

function holds({ runId, name, fence }: Attempt) {
  return and(
    eq(runSteps.runId, runId),
    eq(runSteps.name, name),
    eq(runSteps.fence, fence),
    isNull(runSteps.endedAt),
  );
}

function leaseLost(step: string, why: string): RatchetError {
  return new RatchetError('LEASE_LOST', `this attempt no longer holds step "${step}": ${why}`, { step });
}

function toStep(row: typeof runSteps.$inferSelect): StepRecord {
  const { name, status, attempt, inputs, reason, progress, waiting, worker, startedAt, endedAt } = row;
  return {
    name,
    status,
    attempt,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    ms: startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : null,
    inputs,
    reason,
    progress,
    waiting,
    worker,
  };
}
