import { sql } from 'drizzle-orm';
import { check, foreignKey, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { blobCheck, createdAt, filledCheck, hexCheck } from './columns.js';
import { projects } from './projects.js';
import { runs } from './runs.js';

export const evaluations = pgTable(
  'evaluations',
  {
    id: text().primaryKey(),
    runId: text().notNull(),
    modelDigest: text().notNull(),
    datasetDigest: text().notNull(),
    report: jsonb().$type<BlobRef>().notNull(),
    metrics: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    foreignKey({ name: 'evaluations_run', columns: [row.runId], foreignColumns: [runs.id] }),
    unique('evaluations_with_subject').on(row.id, row.runId, row.modelDigest, row.datasetDigest),
    filledCheck('evaluations_id', 'id'),
    hexCheck('evaluations_model_digest', 'model_digest', 64),
    hexCheck('evaluations_dataset_digest', 'dataset_digest', 64),
    blobCheck('evaluations_report', 'report'),
    check('evaluations_metrics', sql`jsonb_typeof(metrics) = 'object'`),
  ],
);

/** Looks at a test split. No reference to the evaluation: a look whose evaluation then failed was a look. */
export const testLooks = pgTable(
  'test_looks',
  {
    project: text().notNull(),
    model: text().notNull(),
    datasetDigest: text().notNull(),
    evaluationId: text().notNull(),
    createdAt: createdAt(),
  },
  (look) => [
    primaryKey({
      name: 'test_looks_key',
      columns: [look.project, look.model, look.datasetDigest, look.evaluationId],
    }),
    foreignKey({ name: 'test_looks_project', columns: [look.project], foreignColumns: [projects.name] }),
    filledCheck('test_looks_evaluation', 'evaluation_id'),
    hexCheck('test_looks_dataset_digest', 'dataset_digest', 64),
  ],
);
