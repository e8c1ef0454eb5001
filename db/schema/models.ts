import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { isolationTiers } from '../../domain/ports/launcher.js';
import type { ModelInterface } from '../../domain/ports/models.js';
import { blobCheck, createdAt, filledCheck, hexCheck, oneOfCheck } from './columns.js';
import { datasetVersions, datasetViews } from './datasets.js';
import { evaluations } from './evaluations.js';
import { runs } from './runs.js';

/**
 * The registry. A row cannot be without all it has to be traced by: the references reach one run of this model, one
 * dataset version, and an evaluation of this very file on this very dataset, by that run.
 */
export const modelVersions = pgTable(
  'model_versions',
  {
    project: text().notNull(),
    model: text().notNull(),
    version: integer().notNull(),
    runId: text().notNull(),
    algorithm: text().notNull(),
    commit: text().notNull(),
    configurationDigest: text().notNull(),
    environmentDigest: text().notNull(),
    isolationTier: text({ enum: isolationTiers }).notNull(),
    dataset: text().notNull(),
    datasetVersion: integer().notNull(),
    datasetDigest: text().notNull(),
    evaluationId: text().notNull(),
    modelDigest: text().notNull(),
    file: jsonb().$type<BlobRef>().notNull(),
    interface: jsonb().$type<ModelInterface>().notNull(),
    card: jsonb().$type<BlobRef>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'model_versions_key', columns: [row.project, row.model, row.version] }),
    unique('model_versions_once_a_run').on(row.project, row.model, row.runId),
    unique('model_versions_with_dataset').on(
      row.project,
      row.model,
      row.version,
      row.dataset,
      row.datasetVersion,
    ),
    foreignKey({
      name: 'model_versions_run',
      columns: [row.project, row.model, row.runId],
      foreignColumns: [runs.project, runs.model, runs.id],
    }),
    foreignKey({
      name: 'model_versions_dataset',
      columns: [row.project, row.dataset, row.datasetVersion, row.datasetDigest],
      foreignColumns: [
        datasetVersions.project,
        datasetVersions.name,
        datasetVersions.version,
        datasetVersions.digest,
      ],
    }),
    foreignKey({
      name: 'model_versions_evaluation',
      columns: [row.evaluationId, row.runId, row.modelDigest, row.datasetDigest],
      foreignColumns: [evaluations.id, evaluations.runId, evaluations.modelDigest, evaluations.datasetDigest],
    }),
    filledCheck('model_versions_algorithm', 'algorithm'),
    hexCheck('model_versions_commit', 'commit', 40),
    hexCheck('model_versions_configuration', 'configuration_digest', 64),
    hexCheck('model_versions_environment', 'environment_digest', 64),
    oneOfCheck('model_versions_tier', 'isolation_tier', isolationTiers),
    blobCheck('model_versions_file', 'file'),
    check('model_versions_digest', sql`model_digest = file->>'sha256'`),
    check(
      'model_versions_interface',
      sql`coalesce(jsonb_array_length(interface->'inputs') > 0 and jsonb_array_length(interface->'outputs') > 0, false)`,
    ),
    blobCheck('model_versions_card', 'card'),
  ],
);

/** Feature views of a version. They are those of its dataset, and at commit a trigger asks for all of them. */
export const modelVersionViews = pgTable(
  'model_version_views',
  {
    project: text().notNull(),
    model: text().notNull(),
    version: integer().notNull(),
    dataset: text().notNull(),
    datasetVersion: integer().notNull(),
    view: text().notNull(),
    viewVersion: integer().notNull(),
  },
  (link) => [
    primaryKey({
      name: 'model_version_views_key',
      columns: [link.project, link.model, link.version, link.view, link.viewVersion],
    }),
    foreignKey({
      name: 'model_version_views_version',
      columns: [link.project, link.model, link.version, link.dataset, link.datasetVersion],
      foreignColumns: [
        modelVersions.project,
        modelVersions.model,
        modelVersions.version,
        modelVersions.dataset,
        modelVersions.datasetVersion,
      ],
    }),
    foreignKey({
      name: 'model_version_views_view',
      columns: [link.project, link.dataset, link.datasetVersion, link.view, link.viewVersion],
      foreignColumns: [
        datasetViews.project,
        datasetViews.dataset,
        datasetViews.version,
        datasetViews.view,
        datasetViews.viewVersion,
      ],
    }),
  ],
);

/** A name that moves from version to version; a version has one at most. */
export const modelAliases = pgTable(
  'model_aliases',
  {
    project: text().notNull(),
    model: text().notNull(),
    alias: text().notNull(),
    version: integer().notNull(),
  },
  (row) => [
    primaryKey({ name: 'model_aliases_key', columns: [row.project, row.model, row.alias] }),
    unique('model_aliases_once').on(row.project, row.model, row.version),
    foreignKey({
      name: 'model_aliases_version',
      columns: [row.project, row.model, row.version],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    check('model_aliases_alias', sql`alias ~ '^[a-z][a-z0-9-]{0,62}$'`),
  ],
);
