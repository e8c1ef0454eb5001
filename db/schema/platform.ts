import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, filledCheck, hexCheck } from './columns.js';

/** Results of effects that happen once a key. */
export const effects = pgTable('effects', {
  key: text().primaryKey(),
  /** `{ value }`: an effect that gives nothing has happened too. */
  result: jsonb().$type<{ readonly value?: unknown }>().notNull(),
  createdAt: createdAt(),
});

/** Requests that clients may send again: the key, what was asked, and what it became. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    key: text().primaryKey(),
    requestDigest: text().notNull(),
    subject: text().notNull(),
    createdAt: createdAt(),
  },
  () => [
    filledCheck('idempotency_keys_key', '"key"'),
    hexCheck('idempotency_keys_request', 'request_digest', 64),
  ],
);
