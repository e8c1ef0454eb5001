import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { letterStatuses, type Notice } from '../../domain/ports/outbox.js';
import { createdAt, filledCheck, instant, oneOfCheck } from './columns.js';
import { projects } from './projects.js';

/** Notices on their way, a row a target. */
export const letters = pgTable(
  'letters',
  {
    id: text().primaryKey(),
    seq: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    project: text().notNull(),
    model: text(),
    target: text().notNull(),
    key: text().notNull(),
    notice: jsonb().$type<Notice>().notNull(),
    status: text({ enum: letterStatuses }).notNull().default('pending'),
    attempts: integer().notNull().default(0),
    createdAt: createdAt(),
    nextAt: createdAt(),
    deliveredAt: instant(),
  },
  (row) => [
    foreignKey({ name: 'letters_project', columns: [row.project], foreignColumns: [projects.name] }),
    unique('letters_once').on(row.project, row.target, row.key),
    index('letters_pending').on(row.project, row.target, row.model, row.seq).where(sql`status = 'pending'`),
    index('letters_newest').on(row.seq),
    index('letters_newest_of_project').on(row.project, row.seq),
    filledCheck('letters_target', 'target'),
    check('letters_key', sql`length(key) between 1 and 300`),
    oneOfCheck('letters_status', 'status', letterStatuses),
    check('letters_delivered', sql`(status = 'delivered') = (delivered_at is not null)`),
  ],
);

/** Each try to deliver a letter: one at a time, so that its time names it. */
export const letterAttempts = pgTable(
  'letter_attempts',
  {
    letter: text().notNull(),
    at: instant().notNull(),
    ms: integer().notNull(),
    error: text(),
  },
  (row) => [
    primaryKey({ name: 'letter_attempts_key', columns: [row.letter, row.at] }),
    foreignKey({ name: 'letter_attempts_letter', columns: [row.letter], foreignColumns: [letters.id] }),
  ],
);
