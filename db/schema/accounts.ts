import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { Action } from '../../domain/access/roles.js';
import { accountKinds, signInMethods } from '../../domain/ports/accounts.js';
import { createdAt, filledCheck, hexCheck, instant, oneOfCheck } from './columns.js';

export const accounts = pgTable(
  'accounts',
  {
    name: text().primaryKey(),
    kind: text({ enum: accountKinds }).notNull(),
    email: text(),
    admin: boolean().notNull(),
    disabledAt: instant(),
    createdAt: createdAt(),
  },
  (row) => [
    unique('accounts_email_once').on(row.email),
    filledCheck('accounts_name', 'name'),
    oneOfCheck('accounts_kind', 'kind', accountKinds),
    check('accounts_email', sql`email = lower(email) and length(email) between 3 and 320`),
  ],
);

/** Codes that make a first token, once. Only their SHA-256 is kept. */
export const signInCodes = pgTable(
  'sign_in_codes',
  {
    sha256: text().primaryKey(),
    account: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (row) => [
    foreignKey({
      name: 'sign_in_codes_account',
      columns: [row.account],
      foreignColumns: [accounts.name],
    }),
    hexCheck('sign_in_codes_sha256', 'sha256', 64),
  ],
);

/** Tokens without their secrets: only its SHA-256 is kept, and no row of it is ever found by anything else. */
export const tokens = pgTable(
  'tokens',
  {
    id: text().primaryKey(),
    account: text().notNull(),
    label: text().notNull(),
    method: text({ enum: signInMethods }).notNull(),
    scopes: jsonb().$type<readonly Action[]>(),
    onlyProject: text(),
    sha256: text().notNull(),
    expiresAt: instant().notNull(),
    lastUsedAt: instant(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (row) => [
    foreignKey({ name: 'tokens_account', columns: [row.account], foreignColumns: [accounts.name] }),
    unique('tokens_sha256_once').on(row.sha256),
    index('tokens_of_account').on(row.account, row.createdAt),
    filledCheck('tokens_id', 'id'),
    check('tokens_label', sql`length(label) <= 200`),
    oneOfCheck('tokens_method', 'method', signInMethods),
    check('tokens_scopes', sql`jsonb_typeof(scopes) = 'array'`),
    hexCheck('tokens_sha256', 'sha256', 64),
  ],
);
