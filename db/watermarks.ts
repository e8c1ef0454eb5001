import { and, asc, eq, sql } from 'drizzle-orm';
import type { Watermark, WatermarkStore } from '../domain/ports/watermarks.js';
import { isFurther } from '../domain/triggers/compare-watermarks.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { unknownProject } from './project-lock.js';
import { watermarks } from './schema/tracking.js';

type Place = Parameters<WatermarkStore['get']>[0];
type Confirmed = Parameters<WatermarkStore['confirm']>[0];

export function createWatermarkStore(database: Database): WatermarkStore {
  return {
    async get(place) {
      const [row] = await database.query((session) => session.select().from(watermarks).where(isAt(place)));
      return row && toWatermark(row);
    },
    async confirm(watermark) {
      const confirmed = database.transaction((session) => confirm(session, watermark));
      await explained(confirmed, { watermarks_project: () => unknownProject(watermark.project) });
    },
    async list(project, model) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(watermarks)
          .where(and(eq(watermarks.project, project), eq(watermarks.model, model)))
          .orderBy(asc(watermarks.name)),
      );
      return rows.map(toWatermark);
    },
  };
}

async function confirm(session: Session, watermark: Confirmed): Promise<void> {
  const { project, model, name, value, inLateness, dataset } = watermark;
  const made = await session
    .insert(watermarks)
    .values({ project, model, name, value, inLateness, dataset })
    .onConflictDoNothing()
    .returning({ name: watermarks.name });
  if (made.length > 0) return;
  const [known] = await session.select().from(watermarks).where(isAt(watermark)).for('no key update');
  if (known === undefined || !isFurther(watermark, known)) return;
  await session
    .update(watermarks)
    .set({ value, inLateness, dataset, confirmedAt: sql`clock_timestamp()` })
    .where(isAt(watermark));
}

function isAt({ project, model, name }: Place) {
  return and(eq(watermarks.project, project), eq(watermarks.model, model), eq(watermarks.name, name));
}

function toWatermark(row: typeof watermarks.$inferSelect): Watermark {
  return { ...row, confirmedAt: row.confirmedAt.toISOString() };
}
