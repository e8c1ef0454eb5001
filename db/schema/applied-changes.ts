import { foreignKey, pgTable, text } from 'drizzle-orm/pg-core';
import { approvals } from './approvals.js';
import { createdAt, hexCheck } from './columns.js';

/** Approvals of changes that were put in force, each in the transaction that did it: one counts once. */
export const appliedChanges = pgTable(
  'applied_changes',
  {
    approval: text().primaryKey(),
    project: text().notNull(),
    commit: text().notNull(),
    at: createdAt(),
  },
  (row) => [
    foreignKey({
      name: 'applied_changes_approval',
      columns: [row.approval],
      foreignColumns: [approvals.id],
    }),
    hexCheck('applied_changes_commit', 'commit', 40),
  ],
);
