import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { runStatuses } from '../../domain/names.js';
import type { Cause } from '../../domain/ports/runs.js';
import { createdAt, filledCheck, finiteCheck, hexCheck, instant, oneOfCheck } from './columns.js';
import { projects } from './projects.js';

export const runs = pgTable(
  'runs',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    model: text().notNull(),
    ref: text().notNull(),
    variant: text(),
    commit: text(),
    status: text({ enum: runStatuses }).notNull(),
    reason: text(),
    causes: jsonb().$type<readonly Cause[]>().notNull(),
    round: integer().notNull().default(0),
    automatic: boolean().notNull().default(false),
    /** When it started by the clock of the lines, where that is not the clock of the database. */
    clockAt: instant(),
    createdAt: createdAt(),
    reopenedAt: instant(),
    endedAt: instant(),
  },
  (run) => [
    foreignKey({ name: 'runs_project', columns: [run.project], foreignColumns: [projects.name] }),
    unique('runs_of_model').on(run.project, run.model, run.id),
    filledCheck('runs_id', 'id'),
    filledCheck('runs_model', 'model'),
    hexCheck('runs_commit', 'commit', 40),
    oneOfCheck('runs_status', 'status', runStatuses),
    // Ascending, and read backwards: a descending one would put nulls where "order by ... desc" does not want them.
    index('runs_newest').on(run.createdAt, run.id),
    index('runs_newest_of_project').on(run.project, run.createdAt, run.id),
    index('runs_newest_of_model').on(run.model, run.createdAt, run.id),
    index('runs_automatic').on(run.project, run.model, run.createdAt).where(sql`automatic`),
    index('runs_open').on(run.createdAt).where(sql`status in ('running', 'waiting')`),
  ],
);

/** Final numbers. Project and model stand here again, so that one index gives the best runs of a model in order. */
export const runScores = pgTable(
  'run_scores',
  {
    runId: text().notNull(),
    project: text().notNull(),
    model: text().notNull(),
    metric: text().notNull(),
    value: doublePrecision().notNull(),
  },
  (score) => [
    primaryKey({ name: 'run_scores_key', columns: [score.runId, score.metric] }),
    foreignKey({
      name: 'run_scores_run',
      columns: [score.project, score.model, score.runId],
      foreignColumns: [runs.project, runs.model, runs.id],
    }),
    filledCheck('run_scores_metric', 'metric'),
    finiteCheck('run_scores_value', 'value'),
    index('run_scores_best').on(score.metric, score.value, score.runId),
    index('run_scores_best_of_model').on(score.model, score.metric, score.value, score.runId),
  ],
);

/** Series that training code reports while it runs. A point that is sent again replaces itself. */
export const runMetrics = pgTable(
  'run_metrics',
  {
    runId: text().notNull(),
    name: text().notNull(),
    step: bigint({ mode: 'number' }).notNull(),
    value: doublePrecision().notNull(),
    at: instant().notNull(),
  },
  (point) => [
    primaryKey({ name: 'run_metrics_key', columns: [point.runId, point.name, point.step] }),
    foreignKey({ name: 'run_metrics_run', columns: [point.runId], foreignColumns: [runs.id] }),
    filledCheck('run_metrics_name', 'name'),
    finiteCheck('run_metrics_value', 'value'),
  ],
);
