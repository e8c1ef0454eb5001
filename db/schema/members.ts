import { sql } from 'drizzle-orm';
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { type Role, roles } from '../../domain/access/roles.js';
import { createdAt, filledCheck, hexCheck, instant, oneOfCheck } from './columns.js';
import { projects } from './projects.js';

/** Members as Git has them. Their accounts may come later: nobody votes or reads before theirs is there. */
export const members = pgTable(
  'members',
  {
    project: text().notNull(),
    account: text().notNull(),
    roles: jsonb().$type<readonly Role[]>().notNull(),
    emails: jsonb().$type<readonly string[]>().notNull(),
    commit: text().notNull(),
  },
  (row) => [
    primaryKey({ name: 'members_key', columns: [row.project, row.account] }),
    foreignKey({ name: 'members_project', columns: [row.project], foreignColumns: [projects.name] }),
    index('members_of_account').on(row.account),
    filledCheck('members_account', 'account'),
    check('members_roles', sql`jsonb_typeof(roles) = 'array'`),
    check('members_emails', sql`jsonb_typeof(emails) = 'array'`),
    hexCheck('members_commit', 'commit', 40),
  ],
);

/** Who votes in whose place, and until when. */
export const delegations = pgTable(
  'delegations',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    from: text().notNull(),
    to: text().notNull(),
    role: text({ enum: roles }).notNull(),
    until: instant().notNull(),
    createdAt: createdAt(),
    endedAt: instant(),
  },
  (row) => [
    foreignKey({ name: 'delegations_project', columns: [row.project], foreignColumns: [projects.name] }),
    index('delegations_of_project').on(row.project, row.createdAt),
    filledCheck('delegations_id', 'id'),
    filledCheck('delegations_from', '"from"'),
    filledCheck('delegations_to', '"to"'),
    check('delegations_to_another', sql`"from" <> "to"`),
    oneOfCheck('delegations_role', 'role', roles),
  ],
);
