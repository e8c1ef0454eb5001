import { and, asc, desc, eq, exists, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { InFlight, LineState, TriggerStore } from '../domain/ports/trigger-events.js';
import type { ReadSession } from './client.js';
import { readHold } from './model-holds.js';
import { onlyRow } from './only-row.js';
import { openStatuses } from './open-statuses.js';
import { runSteps } from './schema/run-steps.js';
import { runs } from './schema/runs.js';
import { vetoes } from './schema/stops.js';
import { triggerEvents } from './schema/triggers.js';
import { toEvent } from './trigger-events.js';

type Line = Parameters<TriggerStore['line']>[0];

/** As `TriggerStore.line`: five statements, none of which reads more where more events are settled. */
export async function readLine(
  session: ReadSession,
  line: Line,
  { limit, since }: Parameters<TriggerStore['line']>[1],
): Promise<LineState> {
  const [pending, inFlight, automatic, lastVetoedAt, hold] = await Promise.all([
    session
      .select()
      .from(triggerEvents)
      .where(and(ofLine(line), isNull(triggerEvents.outcome)))
      .orderBy(asc(triggerEvents.receivedAt), asc(triggerEvents.id))
      .limit(limit),
    readInFlight(session, line),
    readAutomatic(session, line, since),
    readLastVeto(session, line),
    readHold(session, line),
  ]);
  return { pending: pending.map(toEvent), inFlight, ...automatic, lastVetoedAt, hold };
}

export function ofLine({ project, model }: Line) {
  return and(eq(triggerEvents.project, project), eq(triggerEvents.model, model));
}

async function readInFlight(session: ReadSession, { project, model }: Line): Promise<readonly InFlight[]> {
  const start = session
    .select({ one: sql`1` })
    .from(triggerEvents)
    .where(and(eq(triggerEvents.runId, runs.id), sql`${triggerEvents.outcome} = 'started'`));
  const rows = await session
    .select({ runId: runs.id, at: runs.createdAt })
    .from(runs)
    .where(
      and(
        eq(runs.project, project),
        eq(runs.model, model),
        inArray(runs.status, [...openStatuses]),
        exists(start),
      ),
    )
    .orderBy(asc(runs.createdAt), asc(runs.id));
  return rows.map(({ runId, at }) => ({ runId, startedAt: at.toISOString() }));
}

async function readLastVeto(session: ReadSession, { project, model }: Line): Promise<string | null> {
  const [newest] = await session
    .select({ at: vetoes.at })
    .from(vetoes)
    .where(and(eq(vetoes.project, project), eq(vetoes.model, model)))
    .orderBy(desc(vetoes.at))
    .limit(1);
  return newest?.at.toISOString() ?? null;
}

/** What automatic runs have used since then. A step that took an older result over, or no part, used nothing. */
async function readAutomatic(session: ReadSession, { project, model }: Line, since: string) {
  const ofModel = and(eq(runs.project, project), eq(runs.model, model), sql`${runs.automatic}`);
  const startedAt = sql`coalesce(${runs.clockAt}, ${runs.createdAt})`;
  const newest = session
    .select({ at: sql`max(${startedAt})` })
    .from(runs)
    .where(ofModel);
  const seconds = sql`extract(epoch from coalesce(${runSteps.endedAt}, now()) - ${runSteps.startedAt})`;
  const rows = await session
    .select({
      lastAt: sql<Date | null>`(${newest})`.mapWith(runs.createdAt),
      runs: sql<number>`count(distinct ${runs.id})::int`,
      computeMinutes: sql<number>`coalesce(sum(${seconds}) / 60, 0)::double precision`,
    })
    .from(runs)
    .leftJoin(runSteps, and(eq(runSteps.runId, runs.id), notInArray(runSteps.status, ['reused', 'skipped'])))
    .where(and(ofModel, sql`${startedAt} >= ${since}::timestamptz`));
  const { lastAt, ...used } = onlyRow(rows);
  return { lastAutomaticAt: lastAt?.toISOString() ?? null, used };
}
