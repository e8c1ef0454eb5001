import { bigint, foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, filledCheck } from './columns.js';
import { projects } from './projects.js';

/** Models whose automatic runs a person stopped. */
export const modelHolds = pgTable(
  'model_holds',
  {
    project: text().notNull(),
    model: text().notNull(),
    by: text().notNull(),
    reason: text().notNull(),
    since: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'model_holds_key', columns: [row.project, row.model] }),
    foreignKey({ name: 'model_holds_project', columns: [row.project], foreignColumns: [projects.name] }),
    filledCheck('model_holds_by', 'by'),
  ],
);

/** Announced runs that a person stopped: a row each time, however many events asked for the run. */
export const vetoes = pgTable(
  'vetoes',
  {
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    project: text().notNull(),
    model: text().notNull(),
    by: text().notNull(),
    reason: text().notNull(),
    events: integer().notNull(),
    at: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'vetoes_key', columns: [row.id] }),
    foreignKey({ name: 'vetoes_project', columns: [row.project], foreignColumns: [projects.name] }),
    filledCheck('vetoes_by', 'by'),
  ],
);
