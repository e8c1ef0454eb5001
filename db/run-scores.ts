import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { RunStore } from '../domain/ports/runs.js';
import type { Database, Session } from './client.js';
import { scoresOf } from './run-list-details.js';
import { unknownRun } from './run-records.js';
import { runScores, runs } from './schema/runs.js';

type RunScores = Pick<RunStore, 'putScores' | 'scores'>;

/** Final numbers of a run. Putting replaces what was put before. */
export function createRunScores(database: Database): RunScores {
  return {
    putScores: (runId, scores) => database.transaction((session) => putScores(session, runId, scores)),
    async scores(runId) {
      const scores = await database.query((session) => scoresOf(session, [runId]));
      return scores.get(runId) ?? {};
    },
  };
}

async function putScores(
  session: Session,
  runId: string,
  scores: Readonly<Record<string, number>>,
): Promise<void> {
  const { project, model } = await lockRun(session, runId);
  const rows = Object.entries(scores).map(([metric, value]) => ({ runId, project, model, metric, value }));
  const gone = notInArray(runScores.metric, Object.keys(scores));
  await session.delete(runScores).where(and(eq(runScores.runId, runId), gone));
  if (rows.length === 0) return;
  await session
    .insert(runScores)
    .values(rows)
    .onConflictDoUpdate({ target: [runScores.runId, runScores.metric], set: { value: sql`excluded.value` } });
}

/** Two at once replace one after the other. */
async function lockRun(session: Session, runId: string): Promise<{ project: string; model: string }> {
  const [run] = await session
    .select({ project: runs.project, model: runs.model })
    .from(runs)
    .where(eq(runs.id, runId))
    .for('no key update');
  if (!run) throw unknownRun(runId);
  return run;
}
