import { sql } from 'drizzle-orm';
import { bigint, check, timestamp } from 'drizzle-orm/pg-core';

/** An instant to the millisecond, as ISO strings have it: a cursor made of one finds its row again. */
export const instant = () => timestamp({ withTimezone: true, precision: 3 });

/** When the row was written, and not when its transaction began: what is numbered under a lock is in order of time. */
export const createdAt = () => instant().notNull().default(sql`clock_timestamp()`);

/** A count that may pass two thousand million. */
export const count = () => bigint({ mode: 'number' }).notNull();

/** A commit id (40 digits) or a SHA-256 (64). Null passes: `notNull` is a rule of its own. */
export const hexCheck = (name: string, column: string, digits: 40 | 64) =>
  check(name, sql.raw(`${column} ~ '^[0-9a-f]{${digits}}$'`));

export const oneOfCheck = (name: string, column: string, allowed: readonly string[]) =>
  check(name, sql.raw(`${column} in (${allowed.map((value) => `'${value}'`).join(', ')})`));

export const filledCheck = (name: string, column: string) =>
  check(name, sql.raw(`length(${column}) between 1 and 200`));

export const finiteCheck = (name: string, column: string) =>
  check(name, sql.raw(`${column} > '-Infinity' and ${column} < 'Infinity'`));

/** A reference to bytes with all three of its parts. */
export const blobCheck = (name: string, column: string) =>
  check(
    name,
    sql.raw(
      `coalesce(length(${column}->>'uri') > 0 and ${column}->>'sha256' ~ '^[0-9a-f]{64}$'` +
        ` and jsonb_typeof(${column}->'bytes') = 'number', false)`,
    ),
  );
