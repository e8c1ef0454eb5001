import { sql } from 'drizzle-orm';
import { check, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** Public keys whose signatures count. The owner of the database alone writes here. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    id: text().primaryKey(),
    publicKey: text().notNull(),
    notBefore: instant().notNull(),
    notAfter: instant(),
    revokedAt: instant(),
  },
  () => [
    check('signing_keys_id', sql`id ~ '^[0-9a-f]{16}$'`),
    check('signing_keys_public_key', sql`public_key like '-----BEGIN PUBLIC KEY-----%'`),
  ],
);
