import { sql } from 'drizzle-orm';
import { check, doublePrecision, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ServedCounts } from '../../domain/ports/served-minutes.js';
import { count, createdAt, filledCheck, instant } from './columns.js';

const counted = () => ({
  answered: count(),
  rows: count(),
  refused: count(),
  failed: count(),
  sumMs: doublePrecision().notNull(),
  /** By `latencyBoundsMs`. */
  counts: doublePrecision().array().notNull(),
  custom: jsonb().$type<ServedCounts['custom']>().notNull(),
});

const countedChecks = (table: string) => [
  filledCheck(`${table}_endpoint`, 'endpoint'),
  filledCheck(`${table}_model`, 'model'),
  filledCheck(`${table}_version`, 'version'),
  check(`${table}_counts`, sql`least(answered, rows, refused, failed, sum_ms) >= 0`),
];

/** What one server of an endpoint counted in a minute. */
export const servedMinutes = pgTable(
  'served_minutes',
  {
    /** `project/endpoint` */
    endpoint: text().notNull(),
    at: instant().notNull(),
    model: text().notNull(),
    version: text().notNull(),
    server: uuid().notNull(),
    ...counted(),
    receivedAt: createdAt(),
  },
  (row) => [
    primaryKey({
      name: 'served_minutes_key',
      columns: [row.endpoint, row.at, row.model, row.version, row.server],
    }),
    index('served_minutes_oldest').on(row.at),
    ...countedChecks('served_minutes'),
  ],
);

/** Minutes of all servers of an endpoint, added up by the hour as they come. */
export const servedHours = pgTable(
  'served_hours',
  {
    endpoint: text().notNull(),
    at: instant().notNull(),
    model: text().notNull(),
    version: text().notNull(),
    ...counted(),
  },
  (row) => [
    primaryKey({ name: 'served_hours_key', columns: [row.endpoint, row.at, row.model, row.version] }),
    index('served_hours_oldest').on(row.at),
    ...countedChecks('served_hours'),
  ],
);
