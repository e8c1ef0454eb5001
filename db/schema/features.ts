import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { blobCheck, count, createdAt, filledCheck, hexCheck } from './columns.js';
import { projects } from './projects.js';
import { runs } from './runs.js';

export const featureViews = pgTable(
  'feature_views',
  {
    project: text().notNull(),
    name: text().notNull(),
    version: integer().notNull(),
    digest: text().notNull(),
    config: jsonb().$type<FeatureViewConfig>().notNull(),
    commit: text().notNull(),
    createdAt: createdAt(),
  },
  (view) => [
    primaryKey({ name: 'feature_views_key', columns: [view.project, view.name, view.version] }),
    unique('feature_views_digest_once').on(view.project, view.name, view.digest),
    foreignKey({ name: 'feature_views_project', columns: [view.project], foreignColumns: [projects.name] }),
    filledCheck('feature_views_name', 'name'),
    hexCheck('feature_views_digest', 'digest', 64),
    hexCheck('feature_views_commit', 'commit', 40),
  ],
);

export const featureVectors = pgTable(
  'feature_vectors',
  {
    key: text().primaryKey(),
    project: text().notNull(),
    view: text().notNull(),
    version: integer().notNull(),
    rows: count(),
    file: jsonb().$type<BlobRef>().notNull(),
    /** The run that computed them. */
    runId: text(),
    createdAt: createdAt(),
  },
  (vectors) => [
    foreignKey({
      name: 'feature_vectors_view',
      columns: [vectors.project, vectors.view, vectors.version],
      foreignColumns: [featureViews.project, featureViews.name, featureViews.version],
    }),
    foreignKey({ name: 'feature_vectors_run', columns: [vectors.runId], foreignColumns: [runs.id] }),
    hexCheck('feature_vectors_digest', 'key', 64),
    blobCheck('feature_vectors_file', 'file'),
    index('feature_vectors_of_view').on(vectors.project, vectors.view, vectors.createdAt),
  ],
);
