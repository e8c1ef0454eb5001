import { sql } from 'drizzle-orm';
import { jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ProjectConfig } from '../../domain/config/project.js';
import { createdAt, filledCheck, hexCheck, instant } from './columns.js';

/** The root of everything else. Its row is also the lock under which versions get their numbers. */
export const projects = pgTable(
  'projects',
  {
    name: text().primaryKey(),
    repo: text().notNull(),
    ref: text().notNull(),
    commit: text().notNull(),
    config: jsonb().$type<ProjectConfig>().notNull(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (row) => [
    uniqueIndex('projects_one_organisation')
      .on(sql`(${row.config} -> 'organisation')`)
      .where(sql`config -> 'organisation' = 'true'`),
    filledCheck('projects_name', 'name'),
    hexCheck('projects_commit', 'commit', 40),
  ],
);
