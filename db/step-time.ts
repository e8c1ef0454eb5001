import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { RunStore, StepTime } from '../domain/ports/runs.js';
import type { ReadSession } from './client.js';
import { onlyRow } from './only-row.js';
import { runSteps } from './schema/run-steps.js';
import { runs } from './schema/runs.js';

/** What a step used up to now, all its attempts together. @param step the row, by its table or alias */
export function spentMs(step: SQL): SQL<number> {
  const newest = sql`extract(epoch from coalesce(${step}.ended_at, now()) - ${step}.started_at) * 1000`;
  const isOwn = sql`${step}.status not in ('reused', 'skipped')`;
  // A step that never began has no time, of which the greatest is 0.
  return sql`(${step}.earlier_ms + case when ${isOwn} then greatest(0, ${newest}) else 0 end)::bigint`;
}

export async function readStepTime(
  session: ReadSession,
  { project, model, step, from, to }: Parameters<RunStore['timeOfStep']>[0],
): Promise<StepTime> {
  const startedAt = sql`coalesce(${runs.clockAt}, ${runs.createdAt})`;
  const rows = await session
    .select({
      runs: sql<number>`count(*)::int`,
      ms: sql<number>`coalesce(sum(${spentMs(sql`${runSteps}`)}), 0)::double precision`,
    })
    .from(runs)
    .leftJoin(runSteps, and(eq(runSteps.runId, runs.id), eq(runSteps.name, step)))
    .where(
      and(
        ...[eq(runs.project, project), eq(runs.model, model)],
        sql`${startedAt} >= ${from}::timestamptz and ${startedAt} < ${to}::timestamptz`,
      ),
    );
  return onlyRow(rows);
}
