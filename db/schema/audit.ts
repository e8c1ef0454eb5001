import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Envelope } from '../../domain/signing/envelope.js';
import { createdAt, filledCheck, hexCheck, instant } from './columns.js';

/** The chain. Triggers write it, and `audit_append`; nobody inserts here. */
export const auditEvents = pgTable(
  'audit_events',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    at: instant().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    project: text(),
    subject: text().notNull(),
    details: text().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (row) => [
    index('audit_events_of_project').on(row.project, row.seq),
    index('audit_events_of_actor').on(row.actor, row.seq),
    index('audit_events_of_action').on(row.action, row.seq),
    index('audit_events_of_subject').on(row.subject, row.seq),
    filledCheck('audit_events_actor', 'actor'),
    check('audit_events_action', sql`action ~ '^[a-z][a-z-]{0,40}\\.[a-z][a-z-]{0,40}$'`),
    check('audit_events_subject', sql`length(subject) between 1 and 500`),
    check('audit_events_details', sql`octet_length(details) <= 65536`),
    hexCheck('audit_events_previous', 'previous', 64),
    hexCheck('audit_events_hash', 'hash', 64),
  ],
);

/** One row: where the chain ends. Its lock is what puts writers in order. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: integer().primaryKey(),
    seq: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
    at: createdAt(),
  },
  () => [check('audit_head_one', sql`id = 1`)],
);

/** Heads that were signed, as they also lie outside the database. */
export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    hash: text().notNull(),
    at: instant().notNull(),
    envelope: jsonb().$type<Envelope>().notNull(),
    createdAt: createdAt(),
  },
  () => [hexCheck('audit_checkpoints_hash', 'hash', 64)],
);
