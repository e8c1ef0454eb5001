import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { EndpointConfig } from '../../domain/config/serving.js';
import { createdAt, filledCheck, hexCheck, instant } from './columns.js';
import { projects } from './projects.js';

/** Endpoints as Git declares them. One that is gone from there is retired, and its row stays. */
export const endpoints = pgTable(
  'endpoints',
  {
    project: text().notNull(),
    endpoint: text().notNull(),
    model: text().notNull(),
    config: jsonb().$type<EndpointConfig>().notNull(),
    commit: text().notNull(),
    scaledTo: integer(),
    retiredAt: instant(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (row) => [
    primaryKey({ name: 'endpoints_key', columns: [row.project, row.endpoint] }),
    foreignKey({ name: 'endpoints_project', columns: [row.project], foreignColumns: [projects.name] }),
    index('endpoints_of_model').on(row.project, row.model).where(sql`retired_at is null`),
    filledCheck('endpoints_name', 'endpoint'),
    filledCheck('endpoints_model', 'model'),
    hexCheck('endpoints_commit', 'commit', 40),
    check('endpoints_scaled_to', sql`scaled_to between 1 and 32`),
  ],
);
