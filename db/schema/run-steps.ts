import { bigint, foreignKey, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { stepStatuses } from '../../domain/names.js';
import type { Waiting } from '../../domain/ports/runs.js';
import { createdAt, filledCheck, instant, oneOfCheck } from './columns.js';
import { runs } from './runs.js';

export type StepInputs = Readonly<Record<string, string>>;

/** The newest attempt of each step. `fence` rises with every attempt: a write with an older one meets no row. */
export const runSteps = pgTable(
  'run_steps',
  {
    runId: text().notNull(),
    name: text().notNull(),
    /** Keeps the order in which steps first began, whatever is tried again later. */
    ordinal: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    fence: integer().notNull(),
    status: text({ enum: stepStatuses }).notNull(),
    attempt: integer().notNull(),
    /** When Temporal scheduled the attempt: one that was scheduled earlier comes too late. */
    scheduledAt: instant(),
    startedAt: instant(),
    endedAt: instant(),
    inputs: jsonb().$type<StepInputs>().notNull().default({}),
    reason: text(),
    progress: text(),
    waiting: jsonb().$type<Waiting>(),
    worker: text(),
  },
  (step) => [
    primaryKey({ name: 'run_steps_key', columns: [step.runId, step.name] }),
    foreignKey({ name: 'run_steps_run', columns: [step.runId], foreignColumns: [runs.id] }),
    filledCheck('run_steps_name', 'name'),
    oneOfCheck('run_steps_status', 'status', stepStatuses),
  ],
);

/** Results outlive the attempt, so that a resumed run may use one whose inputs have not changed. */
export const runResults = pgTable(
  'run_results',
  {
    runId: text().notNull(),
    name: text().notNull(),
    fence: integer().notNull(),
    inputs: jsonb().$type<StepInputs>().notNull(),
    /** `{ value }`: a result that is null is a result too. */
    result: jsonb().$type<{ readonly value?: unknown }>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'run_results_key', columns: [row.runId, row.name, row.fence] }),
    foreignKey({
      name: 'run_results_step',
      columns: [row.runId, row.name],
      foreignColumns: [runSteps.runId, runSteps.name],
    }),
  ],
);
