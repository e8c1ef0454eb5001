import { asc, eq, sql } from 'drizzle-orm';
import type { MetricPoint, RunStore } from '../domain/ports/runs.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { unknownRun } from './run-records.js';
import { runMetrics } from './schema/runs.js';
import { storableText } from './storable-text.js';

/** Points a statement. */
const batchSize = 5000;

/** Series that training code reports while it runs. */
export function createRunSeries(database: Database): Pick<RunStore, 'appendMetrics' | 'metrics'> {
  return {
    async appendMetrics(runId, points) {
      const newest = [...new Map(points.map((point) => [keyOf(point), point])).values()];
      for (let start = 0; start < newest.length; start += batchSize) {
        const work = append(database, runId, newest.slice(start, start + batchSize));
        await explained(work, { run_metrics_run: () => unknownRun(runId) });
      }
    },
    async metrics(runId) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(runMetrics)
          .where(eq(runMetrics.runId, runId))
          .orderBy(asc(runMetrics.name), asc(runMetrics.step)),
      );
      return rows.map(({ name, step, value, at }) => ({ name, step, value, at: at.toISOString() }));
    },
  };
}

function keyOf({ name, step }: MetricPoint): string {
  return JSON.stringify([name, step]);
}

/** One parameter however many points: a statement takes 65,534 of them. */
async function append(database: Database, runId: string, points: readonly MetricPoint[]): Promise<void> {
  const json = JSON.stringify(points.map((point) => ({ ...point, name: storableText(point.name) })));
  await database.write((session) =>
    session.execute(sql`
      insert into run_metrics (run_id, name, step, value, at)
      select ${runId}, point.name, point.step, point.value, point.at
      from jsonb_to_recordset(${json}::jsonb)
        as point (name text, step bigint, value double precision, at timestamptz)
      on conflict (run_id, name, step) do update set value = excluded.value, at = excluded.at`),
  );
}
