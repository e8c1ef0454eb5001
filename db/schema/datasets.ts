import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { blobCheck, count, createdAt, filledCheck, hexCheck } from './columns.js';
import { featureViews } from './features.js';
import { projects } from './projects.js';
import { runs } from './runs.js';

export const datasetVersions = pgTable(
  'dataset_versions',
  {
    project: text().notNull(),
    name: text().notNull(),
    version: integer().notNull(),
    digest: text().notNull(),
    key: text().notNull(),
    rows: count(),
    quarantined: count(),
    commit: text().notNull(),
    manifest: jsonb().$type<BlobRef>().notNull(),
    runId: text(),
    createdAt: createdAt(),
  },
  (dataset) => [
    primaryKey({ name: 'dataset_versions_key', columns: [dataset.project, dataset.name, dataset.version] }),
    uniqueIndex('dataset_versions_key_once').on(
      dataset.project,
      dataset.name,
      dataset.key,
      sql`(${dataset.manifest} ->> 'sha256')`,
    ),
    index('dataset_versions_alike').on(dataset.key),
    unique('dataset_versions_with_digest').on(dataset.project, dataset.name, dataset.version, dataset.digest),
    foreignKey({
      name: 'dataset_versions_project',
      columns: [dataset.project],
      foreignColumns: [projects.name],
    }),
    foreignKey({ name: 'dataset_versions_run', columns: [dataset.runId], foreignColumns: [runs.id] }),
    filledCheck('dataset_versions_name', 'name'),
    hexCheck('dataset_versions_digest', 'digest', 64),
    hexCheck('dataset_versions_key_digest', '"key"', 64),
    hexCheck('dataset_versions_commit', 'commit', 40),
    blobCheck('dataset_versions_manifest', 'manifest'),
  ],
);

/** Which feature views a dataset version was made with. */
export const datasetViews = pgTable(
  'dataset_views',
  {
    project: text().notNull(),
    dataset: text().notNull(),
    version: integer().notNull(),
    view: text().notNull(),
    viewVersion: integer().notNull(),
  },
  (link) => [
    primaryKey({
      name: 'dataset_views_key',
      columns: [link.project, link.dataset, link.version, link.view, link.viewVersion],
    }),
    foreignKey({
      name: 'dataset_views_dataset',
      columns: [link.project, link.dataset, link.version],
      foreignColumns: [datasetVersions.project, datasetVersions.name, datasetVersions.version],
    }),
    foreignKey({
      name: 'dataset_views_view',
      columns: [link.project, link.view, link.viewVersion],
      foreignColumns: [featureViews.project, featureViews.name, featureViews.version],
    }),
    index('dataset_views_users').on(link.project, link.view),
  ],
);

/** A name for a version, or for those of its rows that meet a condition. */
export const datasetTags = pgTable(
  'dataset_tags',
  {
    project: text().notNull(),
    name: text().notNull(),
    tag: text().notNull(),
    version: integer().notNull(),
    where: text(),
    /** How many rows the condition selects; null where there is none, and where it was never asked. */
    rows: bigint({ mode: 'number' }),
    at: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'dataset_tags_key', columns: [row.project, row.name, row.tag] }),
    foreignKey({
      name: 'dataset_tags_version',
      columns: [row.project, row.name, row.version],
      foreignColumns: [datasetVersions.project, datasetVersions.name, datasetVersions.version],
    }),
    check('dataset_tags_tag', sql`tag ~ '^[A-Za-z][A-Za-z0-9._-]{0,62}$'`),
  ],
);
