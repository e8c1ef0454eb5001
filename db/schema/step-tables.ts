import {
  type AnyPgColumn,
  bigint,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { stepStatuses } from '../../domain/names.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { Waiting } from '../../domain/ports/runs.js';
import { blobCheck, createdAt, filledCheck, instant, oneOfCheck } from './columns.js';

export type StepInputs = Readonly<Record<string, string>>;

/** Tables of what has steps: `<what>_steps`, `<what>_results`, `<what>_refusals`, `<what>_logs`, by `<what>_id`. */
export function stepTables(what: string, owner: () => AnyPgColumn) {
  const steps = stepTable(what, owner);
  return {
    steps,
    results: resultTable(what, steps),
    refusals: refusalTable(what, owner),
    logs: logTable(what, owner),
  };
}

const ownerId = (what: string) => text(`${what}_id`).notNull();

/** The newest attempt of each step. `fence` rises with every attempt: a write with an older one meets no row. */
function stepTable(what: string, owner: () => AnyPgColumn) {
  return pgTable(
    `${what}_steps`,
    {
      runId: ownerId(what),
      name: text().notNull(),
      /** Keeps the order in which steps first began, whatever is tried again later. */
      ordinal: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
      fence: integer().notNull(),
      status: text({ enum: stepStatuses }).notNull(),
      attempt: integer().notNull(),
      /** What attempts before this one used. */
      earlierMs: bigint({ mode: 'number' }).notNull().default(0),
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
      primaryKey({ name: `${what}_steps_key`, columns: [step.runId, step.name] }),
      foreignKey({ name: `${what}_steps_${what}`, columns: [step.runId], foreignColumns: [owner()] }),
      filledCheck(`${what}_steps_name`, 'name'),
      oneOfCheck(`${what}_steps_status`, 'status', stepStatuses),
    ],
  );
}

/** Results outlive the attempt, so that a later round may use one whose inputs have not changed. */
function resultTable(what: string, steps: ReturnType<typeof stepTable>) {
  return pgTable(
    `${what}_results`,
    {
      runId: ownerId(what),
      name: text().notNull(),
      fence: integer().notNull(),
      inputs: jsonb().$type<StepInputs>().notNull(),
      /** `{ value }`: a result that is null is a result too. */
      result: jsonb().$type<{ readonly value?: unknown }>().notNull(),
      createdAt: createdAt(),
    },
    (row) => [
      primaryKey({ name: `${what}_results_key`, columns: [row.runId, row.name, row.fence] }),
      foreignKey({
        name: `${what}_results_step`,
        columns: [row.runId, row.name],
        foreignColumns: [steps.runId, steps.name],
      }),
    ],
  );
}

/** What gates refused, in the order they said it. */
function refusalTable(what: string, owner: () => AnyPgColumn) {
  return pgTable(
    `${what}_refusals`,
    {
      runId: ownerId(what),
      ordinal: integer().notNull(),
      what: text().notNull(),
      rule: text().notNull(),
      actual: text().notNull(),
      limit: text().notNull(),
    },
    (refusal) => [
      primaryKey({ name: `${what}_refusals_key`, columns: [refusal.runId, refusal.ordinal] }),
      foreignKey({ name: `${what}_refusals_${what}`, columns: [refusal.runId], foreignColumns: [owner()] }),
    ],
  );
}

function logTable(what: string, owner: () => AnyPgColumn) {
  return pgTable(
    `${what}_logs`,
    { runId: ownerId(what), step: text().notNull(), log: jsonb().$type<BlobRef>().notNull() },
    (row) => [
      primaryKey({ name: `${what}_logs_key`, columns: [row.runId, row.step] }),
      foreignKey({ name: `${what}_logs_${what}`, columns: [row.runId], foreignColumns: [owner()] }),
      blobCheck(`${what}_logs_log`, 'log'),
    ],
  );
}
