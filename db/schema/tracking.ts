import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { TriggersConfig } from '../../domain/config/triggers.js';
import { createdAt, hexCheck } from './columns.js';
import { projects } from './projects.js';

/** How far the refs of a repository were followed. */
export const trackedRefs = pgTable(
  'tracked_refs',
  {
    project: text().notNull(),
    ref: text().notNull(),
    commit: text(),
    handledAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'tracked_refs_key', columns: [row.project, row.ref] }),
    foreignKey({ name: 'tracked_refs_project', columns: [row.project], foreignColumns: [projects.name] }),
    check('tracked_refs_ref', sql`length(ref) between 1 and 300`),
    hexCheck('tracked_refs_commit', 'commit', 40),
  ],
);

/** How far the data of sources was taken into datasets. */
export const watermarks = pgTable(
  'watermarks',
  {
    project: text().notNull(),
    model: text().notNull(),
    name: text().notNull(),
    value: text().notNull(),
    inLateness: integer().notNull(),
    dataset: text().notNull(),
    confirmedAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'watermarks_key', columns: [row.project, row.model, row.name] }),
    foreignKey({ name: 'watermarks_project', columns: [row.project], foreignColumns: [projects.name] }),
    check('watermarks_value', sql`length(value) between 1 and 1024`),
  ],
);

/** Models as the tracked branch has them, for what starts their runs. */
export const modelLines = pgTable(
  'model_lines',
  {
    project: text().notNull(),
    model: text().notNull(),
    path: text().notNull(),
    commit: text().notNull(),
    owner: text(),
    triggers: jsonb().$type<TriggersConfig>().notNull(),
    parts: jsonb().$type<readonly string[]>().notNull(),
  },
  (row) => [
    primaryKey({ name: 'model_lines_key', columns: [row.project, row.model] }),
    foreignKey({ name: 'model_lines_project', columns: [row.project], foreignColumns: [projects.name] }),
    hexCheck('model_lines_commit', 'commit', 40),
  ],
);
