import { and, asc, desc, eq, lt, ne, notInArray, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Delivery, DeliveryStore } from '../domain/ports/deliveries.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { unknownProject } from './project-lock.js';
import { deliveries } from './schema/deliveries.js';
import { storableJson } from './storable-json.js';
import { storableText } from './storable-text.js';

type NewDelivery = Parameters<DeliveryStore['store']>[0];

export function createDeliveryStore(database: Database): DeliveryStore {
  return {
    async store(delivery) {
      const stored = database.write((session) => store(session, delivery));
      return await explained(stored, {
        deliveries_project: () => unknownProject(delivery.project),
        deliveries_id: () => invalid(delivery, 'its id has more than 200 characters, or none'),
        deliveries_size: () => invalid(delivery, 'its content has more than 64 KiB'),
      });
    },
    async pending(limit, without = []) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(deliveries)
          .where(and(eq(deliveries.status, 'pending'), notInArray(deliveries.project, [...without])))
          .orderBy(asc(deliveries.receivedAt), asc(deliveries.id))
          .limit(limit),
      );
      return rows.map(toDelivery);
    },
    async finish({ project, id }, status, result) {
      await database.write((session) =>
        session
          .update(deliveries)
          .set({ status, result: storableText(result), handledAt: sql`clock_timestamp()` })
          .where(
            and(eq(deliveries.project, project), eq(deliveries.id, id), eq(deliveries.status, 'pending')),
          ),
      );
    },
    async list(project, limit) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(deliveries)
          .where(eq(deliveries.project, project))
          .orderBy(desc(deliveries.receivedAt), desc(deliveries.id))
          .limit(limit),
      );
      return rows.map(toDelivery);
    },
    async forget(before) {
      const { count } = await database.write((session) =>
        session
          .delete(deliveries)
          .where(and(ne(deliveries.status, 'pending'), lt(deliveries.handledAt, new Date(before)))),
      );
      return count;
    },
  };
}

async function store(session: Session, { project, id, form, content }: NewDelivery) {
  const rows = await session
    .insert(deliveries)
    .values({ project, id: storableText(id), form, content: sql`${storableJson(content)}::jsonb` })
    .onConflictDoUpdate({
      target: [deliveries.project, deliveries.id],
      set: { repeats: sql`${deliveries.repeats} + 1` },
    })
    .returning();
  const delivery = toDelivery(onlyRow(rows));
  return { delivery, created: delivery.repeats === 0 };
}

function invalid({ project, id }: NewDelivery, why: string): RatchetError {
  const shown = id.slice(0, 100);
  return new RatchetError('REQUEST_INVALID', `delivery "${shown}" is not taken: ${why}`, { project });
}

function toDelivery(row: typeof deliveries.$inferSelect): Delivery {
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    handledAt: row.handledAt?.toISOString() ?? null,
  };
}
