import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { RunStatus } from '../domain/names.js';
import type { StepLedger } from '../domain/ports/releases.js';
import type { StepRecord } from '../domain/ports/runs.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { isOpen, openStatuses } from './open-statuses.js';
import type { runSteps } from './schema/run-steps.js';
import { type StepOwner, statusOfOwner } from './step-owner.js';
import { spentMs } from './step-time.js';
import { storableText, storableTextOrNull } from './storable-text.js';

type Steps = Pick<StepLedger, 'steps' | 'beginStep' | 'updateStep' | 'endStep' | 'storedResult' | 'skipStep'>;

/** Steps and their attempts. Every write of an attempt names its fence, and meets no row once a newer one began. */
export function createSteps(database: Database, owner: StepOwner): Steps {
  const { steps, results } = owner;
  return {
    async steps(runId) {
      const rows = await database.query((session) =>
        session.select().from(steps).where(eq(steps.runId, runId)).orderBy(asc(steps.ordinal)),
      );
      return rows.map(toStep);
    },
    async beginStep(step) {
      const begun = await database.write((session) => begin(session, owner, step));
      if (begun) return begun.fence;
      throw await database.query((session) => notBegun(session, owner, step));
    },
    updateStep: (runId, name, fence, change) =>
      database.write((session) => update(session, owner, { runId, name, fence }, change)),
    endStep: (runId, name, fence, end) =>
      database.write((session) => finish(session, owner, { runId, name, fence }, end)),
    async storedResult(runId, name, inputs) {
      const wanted = sql`${results.inputs} = ${JSON.stringify(inputs)}::jsonb`;
      const [row] = await database.query((session) =>
        session
          .select({ result: results.result })
          .from(results)
          .where(and(eq(results.runId, runId), eq(results.name, name), wanted))
          .orderBy(desc(results.fence))
          .limit(1),
      );
      return row && { result: row.result.value };
    },
    async skipStep(runId, name, reason) {
      await explained(
        database.write((session) => skip(session, owner, runId, name, storableText(reason))),
        { [`${owner.what}_steps_${owner.what}`]: () => owner.unknown(runId) },
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

/** Names for statements that the query builder cannot say. */
function names({ steps, results, table, what }: StepOwner) {
  return {
    steps: sql`${steps}`,
    results: sql`${results}`,
    table: sql`${table}`,
    id: sql.identifier(`${what}_id`),
  };
}

/**
 * In one statement. The owner's row is shared with other attempts, not with whoever ends it: no step begins in a run
 * that is over. The last step of a run that succeeded may be tried again, as its answer may have been lost.
 */
async function begin(
  session: Session,
  owner: StepOwner,
  step: Parameters<StepLedger['beginStep']>[0],
): Promise<{ readonly fence: number } | undefined> {
  const { runId, name, attempt, worker, scheduledAt = null } = step;
  const { steps, table, id } = names(owner);
  const [row] = await session.execute<{ fence: number }>(sql`
    with run as (select status from ${table} where id = ${runId} for share)
    insert into ${steps} as step (${id}, name, fence, status, attempt, worker, scheduled_at, started_at)
    select ${runId}, ${name}, 1, 'running', ${attempt}::int, ${worker}, ${scheduledAt}::timestamptz, now()
    from run
    where run.status in ('running', 'waiting') or run.status = 'succeeded' and exists (
      select from ${steps} before
      where before.${id} = ${runId} and before.name = ${name} and before.attempt < ${attempt}::int)
    on conflict (${id}, name) do update set
      earlier_ms = ${spentMs(sql`step`)}, fence = step.fence + 1, status = excluded.status, attempt = excluded.attempt, worker = excluded.worker,
      scheduled_at = excluded.scheduled_at, started_at = excluded.started_at,
      ended_at = null, inputs = '{}', reason = null, progress = null, waiting = null
    where coalesce(step.scheduled_at <= excluded.scheduled_at, true)
    returning step.fence`);
  return row;
}

/** Why an attempt did not begin. */
async function notBegun(
  session: ReadSession,
  owner: StepOwner,
  { runId, name }: Pick<Attempt, 'runId' | 'name'>,
): Promise<RatchetError> {
  const status = await statusOfOwner(session, owner, runId);
  if (status === undefined) return owner.unknown(runId);
  if (isOpen(status)) return leaseLost(name, 'an attempt that was scheduled later has begun');
  if (status !== 'succeeded') return leaseLost(name, `the ${owner.what} is ${status}`);
  return leaseLost(name, `the ${owner.what} has succeeded, and a later attempt than this one has begun`);
}

async function update(
  session: Session,
  { steps }: StepOwner,
  attempt: Attempt,
  change: Parameters<StepLedger['updateStep']>[3],
) {
  const { progress, waiting, inputs } = change;
  const set = {
    ...(progress !== undefined && { progress: storableTextOrNull(progress) }),
    ...(waiting !== undefined && ({ waiting, status: waiting === null ? 'running' : 'waiting' } as const)),
    ...(inputs !== undefined && { inputs }),
  };
  if (Object.keys(set).length === 0) return;
  const rows = await session
    .update(steps)
    .set(set)
    .where(holds(steps, attempt))
    .returning({ name: steps.name });
  if (rows.length === 0) throw leaseLost(attempt.name, 'a newer attempt began, or this one has ended');
}

/** In one statement. A second end of the same attempt changes nothing: the first answer may have been lost on its way. */
async function finish(
  session: Session,
  owner: StepOwner,
  attempt: Attempt,
  { status, reason, inputs, result }: Parameters<StepLedger['endStep']>[3],
): Promise<void> {
  const { steps, results, id } = names(owner);
  const { runId, name, fence } = attempt;
  const known = inputs === undefined ? null : JSON.stringify(inputs);
  const kept = result === undefined ? null : JSON.stringify({ value: result });
  const [row] = await session.execute(sql`
    with ended as (
      update ${steps} set
        status = ${status}, reason = ${storableTextOrNull(reason)}, progress = null, waiting = null,
        ended_at = case when ${isOpen(status)}::boolean then null else now() end,
        inputs = coalesce(${known}::jsonb, inputs)
      where ${id} = ${runId} and name = ${name} and fence = ${fence} and ended_at is null
      returning inputs
    ), kept as (
      insert into ${results} (${id}, name, fence, inputs, result)
      select ${runId}, ${name}, ${fence}::int, ended.inputs, ${kept}::jsonb from ended where ${kept}::jsonb is not null
      on conflict do nothing
    )
    select true as ended from ended`);
  if (!row) await requireSameFence(session, owner, attempt);
}

async function requireSameFence(
  session: Session,
  { steps, what }: StepOwner,
  { runId, name, fence }: Attempt,
): Promise<void> {
  const [row] = await session
    .select({ fence: steps.fence })
    .from(steps)
    .where(and(eq(steps.runId, runId), eq(steps.name, name)));
  if (row?.fence !== fence) throw leaseLost(name, `a newer attempt began, or the ${what} is over`);
}

async function skip(
  session: Session,
  { steps }: StepOwner,
  runId: string,
  name: string,
  reason: string,
): Promise<void> {
  const never = { worker: null, scheduledAt: null, startedAt: null } as const;
  const skipped = { status: 'skipped', attempt: 0, ...never, ...blank, reason } as const;
  await session
    .insert(steps)
    .values({ runId, name, fence: 1, ...skipped })
    .onConflictDoUpdate({
      target: [steps.runId, steps.name],
      set: { ...skipped, fence: sql`${steps.fence} + 1`, earlierMs: spentMs(sql`${steps}`) },
    });
}

/**
 * Nothing of what is over stays "running": its open steps end as it did, and a late attempt finds its fence
 * gone.
 */
export async function endOpenSteps(
  session: Session,
  { steps }: StepOwner,
  runId: string,
  { status, reason }: { readonly status: RunStatus; readonly reason: string | null },
): Promise<void> {
  await session
    .update(steps)
    .set({ status, reason, waiting: null, endedAt: sql`now()`, fence: sql`${steps.fence} + 1` })
    .where(and(eq(steps.runId, runId), inArray(steps.status, [...openStatuses])));
}

function holds(steps: StepOwner['steps'], { runId, name, fence }: Attempt) {
  return and(eq(steps.runId, runId), eq(steps.name, name), eq(steps.fence, fence), isNull(steps.endedAt));
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
