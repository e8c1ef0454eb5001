import { and, asc, desc, eq, max } from 'drizzle-orm';
import type { FeatureViewConfig } from '../domain/config/feature-view.js';
import type { FeatureStore, FeatureViewRecord } from '../domain/ports/features.js';
import type { Database, Session } from './client.js';
import { createFeatureVectors } from './feature-vectors.js';
import { onlyRow } from './only-row.js';
import { lockProject } from './project-lock.js';
import { datasetVersions, datasetViews } from './schema/datasets.js';
import { featureViews } from './schema/features.js';
import { unknownView } from './unknown-view.js';

const madeWith = and(
  eq(datasetVersions.project, datasetViews.project),
  eq(datasetVersions.name, datasetViews.dataset),
  eq(datasetVersions.version, datasetViews.version),
);

export function createFeatureStore(database: Database): FeatureStore {
  return {
    declare: (project, config, digest, commit) =>
      database.transaction((session) => declare(session, { project, config, digest, commit })),
    async list(project) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(featureViews)
          .where(project === undefined ? undefined : eq(featureViews.project, project))
          .orderBy(asc(featureViews.project), asc(featureViews.name), asc(featureViews.version)),
      );
      return rows.map(toView);
    },
    async get(project, name, version) {
      const wanted = version === undefined ? undefined : eq(featureViews.version, version);
      const [row] = await database.query((session) =>
        session
          .select()
          .from(featureViews)
          .where(and(eq(featureViews.project, project), eq(featureViews.name, name), wanted))
          .orderBy(desc(featureViews.version))
          .limit(1),
      );
      if (row) return toView(row);
      throw unknownView(project, name, version);
    },
    ...createFeatureVectors(database),
    usedBy: (project, view) =>
      database.query((session) =>
        session
          .select({
            dataset: datasetViews.dataset,
            version: datasetViews.version,
            viewVersion: datasetViews.viewVersion,
          })
          .from(datasetViews)
          .innerJoin(datasetVersions, madeWith)
          .where(and(eq(datasetViews.project, project), eq(datasetViews.view, view)))
          .orderBy(desc(datasetVersions.createdAt), desc(datasetViews.version), asc(datasetViews.dataset)),
      ),
  };
}

async function declare(
  session: Session,
  view: {
    readonly project: string;
    readonly config: FeatureViewConfig;
    readonly digest: string;
    readonly commit: string;
  },
): Promise<FeatureViewRecord> {
  const { project, config, digest, commit } = view;
  await lockProject(session, project);
  const ofName = and(eq(featureViews.project, project), eq(featureViews.name, config.name));
  const [known] = await session
    .select()
    .from(featureViews)
    .where(and(ofName, eq(featureViews.digest, digest)));
  if (known) return toView(known);
  const [last] = await session
    .select({ version: max(featureViews.version) })
    .from(featureViews)
    .where(ofName);
  const version = (last?.version ?? 0) + 1;
  const rows = await session
    .insert(featureViews)
    .values({ project, name: config.name, version, digest, config, commit })
    .returning();
  return toView(onlyRow(rows));
}

function toView(row: typeof featureViews.$inferSelect): FeatureViewRecord {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
