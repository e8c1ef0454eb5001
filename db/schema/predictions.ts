import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import { createdAt, filledCheck, hexCheck, instant } from './columns.js';

/** What answered, once: predictions name it. Its id is made of the rest. */
export const servedModels = pgTable(
  'served_models',
  {
    id: uuid().primaryKey(),
    project: text(),
    endpoint: text(),
    model: text().notNull(),
    version: text().notNull(),
    modelDigest: text().notNull(),
    imageDigest: text(),
    interface: jsonb().$type<OnnxInterface>().notNull(),
    createdAt: createdAt(),
  },
  () => [hexCheck('served_models_digest', 'model_digest', 64)],
);

/** Rows that were answered, a partition a day. */
export const predictions = pgTable(
  'predictions',
  {
    at: instant().notNull(),
    id: uuid().notNull(),
    row: integer().notNull(),
    served: uuid().notNull(),
    /** When what was asked about happened, where whoever asked said so. */
    eventAt: instant(),
    variant: text(),
    unit: text(),
    requestId: text(),
    inputs: jsonb().notNull(),
    outputs: jsonb().notNull(),
    forFeedback: boolean().notNull().default(false),
  },
  (row) => [
    primaryKey({ name: 'predictions_key', columns: [row.at, row.id, row.row] }),
    foreignKey({ name: 'predictions_served', columns: [row.served], foreignColumns: [servedModels.id] }),
    index('predictions_of_model').on(row.served, row.at),
    index('predictions_by_event').on(row.served, sql`(coalesce(event_at, at))`),
    check('predictions_row', sql`row >= 0`),
  ],
);

/** What turned out to be true of predictions, in the day of the prediction. */
export const feedback = pgTable(
  'feedback',
  {
    predictionAt: instant().notNull(),
    predictionId: uuid().notNull(),
    row: integer().notNull(),
    source: text().notNull(),
    truth: jsonb(),
    reward: doublePrecision(),
    eventAt: instant(),
    receivedAt: instant().notNull(),
  },
  (row) => [
    primaryKey({ name: 'feedback_key', columns: [row.predictionAt, row.predictionId, row.row, row.source] }),
    filledCheck('feedback_source', 'source'),
    check('feedback_says_something', sql`truth is not null or reward is not null`),
  ],
);

/** Feedback whose prediction is not there, or not yet. */
export const feedbackAside = pgTable(
  'feedback_aside',
  {
    predictionId: text().notNull(),
    row: integer().notNull(),
    source: text().notNull(),
    truth: jsonb(),
    reward: doublePrecision(),
    eventAt: instant(),
    receivedAt: instant().notNull(),
  },
  (row) => [
    primaryKey({ name: 'feedback_aside_key', columns: [row.predictionId, row.row, row.source] }),
    index('feedback_aside_oldest').on(row.receivedAt),
    filledCheck('feedback_aside_id', 'prediction_id'),
    filledCheck('feedback_aside_source', 'source'),
    check('feedback_aside_says_something', sql`truth is not null or reward is not null`),
  ],
);
