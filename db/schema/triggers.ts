import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { causeKinds } from '../../domain/names.js';
import { type CauseFacts, suppressRules } from '../../domain/triggers/trigger-event.js';
import { createdAt, filledCheck, instant, oneOfCheck } from './columns.js';
import { projects } from './projects.js';
import { runs } from './runs.js';
import { vetoes } from './stops.js';

const outcomes = ['started', 'merged', 'suppressed'] as const;

/** What may start runs, once a key. What became of an event is added once and stays. */
export const triggerEvents = pgTable(
  'trigger_events',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    model: text().notNull(),
    kind: text({ enum: causeKinds }).notNull(),
    key: text().notNull(),
    by: text(),
    at: instant().notNull(),
    facts: jsonb().$type<CauseFacts>().notNull(),
    receivedAt: createdAt(),
    repeats: integer().notNull().default(0),
    proposedAt: instant(),
    outcome: text({ enum: outcomes }),
    runId: text(),
    rule: text({ enum: suppressRules }),
    reason: text(),
    veto: bigint({ mode: 'number' }),
    settledAt: instant(),
  },
  (row) => [
    foreignKey({ name: 'trigger_events_project', columns: [row.project], foreignColumns: [projects.name] }),
    foreignKey({
      name: 'trigger_events_run',
      columns: [row.project, row.model, row.runId],
      foreignColumns: [runs.project, runs.model, runs.id],
    }),
    foreignKey({ name: 'trigger_events_veto', columns: [row.veto], foreignColumns: [vetoes.id] }),
    unique('trigger_events_once').on(row.project, row.model, row.key),
    index('trigger_events_pending')
      .on(row.project, row.model, row.receivedAt, row.id)
      .where(sql`outcome is null`),
    index('trigger_events_newest').on(row.receivedAt, row.id),
    index('trigger_events_newest_of_project').on(row.project, row.receivedAt, row.id),
    index('trigger_events_newest_of_model').on(row.project, row.model, row.receivedAt, row.id),
    index('trigger_events_of_run').on(row.runId, row.receivedAt, row.id).where(sql`run_id is not null`),
    // One event starts a run; the others are merged into it.
    uniqueIndex('trigger_events_starts').on(row.runId).where(sql`outcome = 'started'`),
    filledCheck('trigger_events_model', 'model'),
    check('trigger_events_key', sql`length(key) between 1 and 300`),
    check('trigger_events_size', sql`octet_length(facts::text) <= 65536`),
    oneOfCheck('trigger_events_kind', 'kind', causeKinds),
    oneOfCheck('trigger_events_outcome', 'outcome', outcomes),
    oneOfCheck('trigger_events_rule', 'rule', suppressRules),
    check('trigger_events_settled', sql`(outcome is null) = (settled_at is null)`),
    check(
      'trigger_events_ran',
      sql`(run_id is not null) = (coalesce(outcome, 'suppressed') <> 'suppressed')`,
    ),
    check(
      'trigger_events_why',
      sql`(rule is null) = (reason is null) and (rule is not null) = (outcome is not distinct from 'suppressed')`,
    ),
    check('trigger_events_vetoed', sql`(veto is not null) = (rule is not distinct from 'veto')`),
  ],
);
