import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { type Finding, verdicts } from '../../domain/verdict.js';
import { hexCheck, instant, oneOfCheck } from './columns.js';
import { endpoints } from './endpoints.js';

/** What the newest scan of an image of an endpoint came to. */
export const imageScans = pgTable(
  'image_scans',
  {
    project: text().notNull(),
    endpoint: text().notNull(),
    imageDigest: text().notNull(),
    verdict: text({ enum: verdicts }).notNull(),
    reasons: jsonb().$type<readonly Finding[]>().notNull(),
    refused: jsonb().$type<readonly string[]>().notNull(),
    refusedDigest: text().notNull(),
    packages: integer().notNull(),
    advisories: text(),
    databaseOf: instant(),
    scannedAt: instant().notNull(),
  },
  (row) => [
    primaryKey({ name: 'image_scans_key', columns: [row.project, row.endpoint, row.imageDigest] }),
    foreignKey({
      name: 'image_scans_endpoint',
      columns: [row.project, row.endpoint],
      foreignColumns: [endpoints.project, endpoints.endpoint],
    }),
    check('image_scans_image_digest', sql`image_digest ~ '^sha256:[0-9a-f]{64}$'`),
    check('image_scans_reasons', sql`jsonb_array_length(reasons) > 0`),
    oneOfCheck('image_scans_verdict', 'verdict', verdicts),
    hexCheck('image_scans_refused_digest', 'refused_digest', 64),
    hexCheck('image_scans_advisories', 'advisories', 64),
  ],
);
