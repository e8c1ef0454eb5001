import { and, asc, eq, notInArray, sql } from 'drizzle-orm';
import type { RunStore } from '../domain/ports/runs.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { scoresOf } from './run-list-details.js';
import { unknownRun } from './run-records.js';
import { runLogs, runRefusals, runScores, runs } from './schema/runs.js';
import { storableText } from './storable-text.js';

type RunFindings = Pick<RunStore, 'putScores' | 'scores' | 'putRefusals' | 'refusals' | 'putLog' | 'logs'>;

/** What is left of a run at its end: scores, refusals, logs. Putting replaces what was put before. */
export function createRunFindings(database: Database): RunFindings {
  return {
    putScores: (runId, scores) => database.transaction((session) => putScores(session, runId, scores)),
    async scores(runId) {
      const scores = await database.query((session) => scoresOf(session, [runId]));
      return scores.get(runId) ?? {};
    },
    async putRefusals(runId, refusals) {
      const rows = refusals.map(({ what, rule, actual, limit }, ordinal) => ({
        runId,
        ordinal,
        what: storableText(what),
        rule: storableText(rule),
        actual: storableText(actual),
        limit: storableText(limit),
      }));
      await database.transaction(async (session) => {
        await lockRun(session, runId);
        await session.delete(runRefusals).where(eq(runRefusals.runId, runId));
        if (rows.length > 0) await session.insert(runRefusals).values(rows);
      });
    },
    refusals: (runId) =>
      database.query((session) =>
        session
          .select({
            what: runRefusals.what,
            rule: runRefusals.rule,
            actual: runRefusals.actual,
            limit: runRefusals.limit,
          })
          .from(runRefusals)
          .where(eq(runRefusals.runId, runId))
          .orderBy(asc(runRefusals.ordinal)),
      ),
    async putLog(runId, step, { uri, sha256, bytes }) {
      const log = { uri, sha256, bytes };
      const work = database.write((session) =>
        session
          .insert(runLogs)
          .values({ runId, step, log })
          .onConflictDoUpdate({ target: [runLogs.runId, runLogs.step], set: { log } }),
      );
      await explained(work, { run_logs_run: () => unknownRun(runId) });
    },
    async logs(runId) {
      const rows = await database.query((session) =>
        session.select().from(runLogs).where(eq(runLogs.runId, runId)).orderBy(asc(runLogs.step)),
      );
      return rows.map(({ step, log }) => ({ step, ...log }));
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
