import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { EndpointAddresses, WantedRevision } from '../../domain/ports/deployment-target.js';
import { createdAt, hexCheck, instant } from './columns.js';
import { modelVersions } from './models.js';
import { releases } from './releases.js';

/** What was wanted of an endpoint, in order: the highest ordinal is what is wanted. */
export const wantedRevisions = pgTable(
  'wanted_revisions',
  {
    project: text().notNull(),
    endpoint: text().notNull(),
    ordinal: integer().notNull(),
    revision: text().notNull(),
    releaseId: text().notNull(),
    wanted: jsonb().$type<WantedRevision>().notNull(),
    at: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'wanted_revisions_key', columns: [row.project, row.endpoint, row.ordinal] }),
    foreignKey({
      name: 'wanted_revisions_release',
      columns: [row.project, row.endpoint, row.releaseId],
      foreignColumns: [releases.project, releases.endpoint, releases.id],
    }),
    check('wanted_revisions_ordinal', sql`ordinal > 0`),
  ],
);

/** What answered, and from when to when. */
export const revisions = pgTable(
  'revisions',
  {
    project: text().notNull(),
    endpoint: text().notNull(),
    revision: text().notNull(),
    ordinal: integer().notNull(),
    releaseId: text().notNull(),
    wanted: jsonb().$type<WantedRevision>().notNull(),
    applicationCommit: text(),
    model: text().notNull(),
    modelVersion: integer().notNull(),
    modelDigest: text().notNull(),
    imageDigest: text(),
    at: jsonb().$type<EndpointAddresses>().notNull(),
    from: instant().notNull(),
    until: instant(),
  },
  (row) => [
    primaryKey({ name: 'revisions_key', columns: [row.project, row.endpoint, row.revision] }),
    unique('revisions_ordinal').on(row.project, row.endpoint, row.ordinal),
    uniqueIndex('revisions_one_live').on(row.project, row.endpoint).where(sql`until is null`),
    foreignKey({
      name: 'revisions_release',
      columns: [row.project, row.endpoint, row.releaseId],
      foreignColumns: [releases.project, releases.endpoint, releases.id],
    }),
    foreignKey({
      name: 'revisions_model_version',
      columns: [row.project, row.model, row.modelVersion],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    hexCheck('revisions_application_commit', 'application_commit', 40),
    hexCheck('revisions_model_digest', 'model_digest', 64),
    check('revisions_times', sql`until >= "from"`),
    check('revisions_image_digest', sql`image_digest ~ '^sha256:[0-9a-f]{64}$'`),
  ],
);
