import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { FeatureStore, FeatureVectors } from '../domain/ports/features.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { unknownRun } from './run-records.js';
import { featureVectors } from './schema/features.js';
import { unknownView } from './unknown-view.js';

/** Computed values of feature views. Made again where their file is gone: the newest reference counts. */
export function createFeatureVectors(
  database: Database,
): Pick<FeatureStore, 'findVectors' | 'putVectors' | 'vectors'> {
  return {
    async findVectors(key) {
      const [row] = await database.query((session) =>
        session.select().from(featureVectors).where(eq(featureVectors.key, key)),
      );
      return row && toVectors(row);
    },
    async putVectors({ key, project, view, version, rows, file, runId }) {
      const work = database.write((session) =>
        session
          .insert(featureVectors)
          .values({ key, project, view, version, rows, file, runId })
          .onConflictDoUpdate({
            target: featureVectors.key,
            set: { rows, file, runId, createdAt: sql`now()` },
          }),
      );
      await explained(work, {
        feature_vectors_view: () => unknownView(project, view, version),
        feature_vectors_run: () => unknownRun(runId ?? ''),
      });
    },
    async vectors(project, view) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(featureVectors)
          .where(and(eq(featureVectors.project, project), eq(featureVectors.view, view)))
          .orderBy(desc(featureVectors.createdAt), asc(featureVectors.key)),
      );
      return rows.map(toVectors);
    },
  };
}

function toVectors(row: typeof featureVectors.$inferSelect): FeatureVectors {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
