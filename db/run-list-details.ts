import { asc, desc, inArray, sql } from 'drizzle-orm';
import type { ReadSession } from './client.js';
import { runSteps } from './schema/run-steps.js';
import { runScores } from './schema/runs.js';

/** The step each run is at: one that is not over, else the one that began last. */
export async function currentSteps(
  session: ReadSession,
  runIds: readonly string[],
): Promise<Map<string, string>> {
  if (runIds.length === 0) return new Map();
  const rows = await session
    .selectDistinctOn([runSteps.runId], { runId: runSteps.runId, name: runSteps.name })
    .from(runSteps)
    .where(inArray(runSteps.runId, [...runIds]))
    .orderBy(
      asc(runSteps.runId),
      desc(sql`${runSteps.status} in ('running', 'waiting')`),
      sql`${runSteps.startedAt} desc nulls last`,
      desc(runSteps.ordinal),
    );
  return new Map(rows.map(({ runId, name }) => [runId, name]));
}

export async function scoresOf(
  session: ReadSession,
  runIds: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  if (runIds.length === 0) return new Map();
  const rows = await session
    .select({ runId: runScores.runId, metric: runScores.metric, value: runScores.value })
    .from(runScores)
    .where(inArray(runScores.runId, [...runIds]))
    .orderBy(asc(runScores.runId), asc(runScores.metric));
  const scores = new Map<string, Record<string, number>>();
  for (const { runId, metric, value } of rows) {
    const own = scores.get(runId) ?? {};
    own[metric] = value;
    scores.set(runId, own);
  }
  return scores;
}
