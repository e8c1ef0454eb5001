import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { type DeliveryContent, deliveryStatuses, hookForms } from '../../domain/ports/deliveries.js';
import { createdAt, filledCheck, instant, oneOfCheck } from './columns.js';
import { projects } from './projects.js';

/** Verified webhooks, once each. */
export const deliveries = pgTable(
  'deliveries',
  {
    project: text().notNull(),
    id: text().notNull(),
    form: text({ enum: hookForms }).notNull(),
    content: jsonb().$type<DeliveryContent>().notNull(),
    receivedAt: createdAt(),
    repeats: integer().notNull().default(0),
    status: text({ enum: deliveryStatuses }).notNull().default('pending'),
    result: text(),
    handledAt: instant(),
  },
  (row) => [
    primaryKey({ name: 'deliveries_key', columns: [row.project, row.id] }),
    foreignKey({ name: 'deliveries_project', columns: [row.project], foreignColumns: [projects.name] }),
    index('deliveries_pending').on(row.receivedAt, row.id).where(sql`status = 'pending'`),
    index('deliveries_newest_of_project').on(row.project, row.receivedAt, row.id),
    index('deliveries_oldest').on(row.handledAt).where(sql`status <> 'pending'`),
    filledCheck('deliveries_id', 'id'),
    oneOfCheck('deliveries_form', 'form', hookForms),
    oneOfCheck('deliveries_status', 'status', deliveryStatuses),
    check('deliveries_size', sql`octet_length(content::text) <= 65536`),
    check('deliveries_handled', sql`(status = 'pending') = (handled_at is null)`),
  ],
);
