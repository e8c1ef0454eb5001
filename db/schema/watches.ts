import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { WatchConfig } from '../../domain/config/watch.js';
import { type IncidentKind, incidentKinds } from '../../domain/monitoring/incident-kinds.js';
import type { IncidentSight } from '../../domain/monitoring/incidents/incident.js';
import { type WatchLine, watchLines } from '../../domain/monitoring/window-evidence.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { type Verdict, verdicts } from '../../domain/verdict.js';
import { blobCheck, createdAt, filledCheck, hexCheck, instant, oneOfCheck } from './columns.js';
import { endpoints } from './endpoints.js';
import { modelVersions } from './models.js';

/** How endpoints are watched, as Git declares it. */
export const watches = pgTable(
  'watches',
  {
    project: text().notNull(),
    endpoint: text().notNull(),
    config: jsonb().$type<WatchConfig>().notNull(),
    commit: text().notNull(),
    updatedAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (row) => [
    primaryKey({ name: 'watches_key', columns: [row.project, row.endpoint] }),
    foreignKey({
      name: 'watches_endpoint',
      columns: [row.project, row.endpoint],
      foreignColumns: [endpoints.project, endpoints.endpoint],
    }),
    hexCheck('watches_commit', 'commit', 40),
  ],
);

/** What windows are judged by: a version's reference, frozen by a rule. */
export const referenceProfiles = pgTable(
  'reference_profiles',
  {
    project: text().notNull(),
    model: text().notNull(),
    version: integer().notNull(),
    /** Digest of what it was frozen by, beside the version. */
    rule: text().notNull(),
    profile: jsonb().$type<BlobRef>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'reference_profiles_key', columns: [row.project, row.model, row.version, row.rule] }),
    foreignKey({
      name: 'reference_profiles_version',
      columns: [row.project, row.model, row.version],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    hexCheck('reference_profiles_rule', 'rule', 64),
    blobCheck('reference_profiles_profile', 'profile'),
  ],
);

/** Windows as they were judged. One of an endpoint, a line and a beginning is judged once. */
export const judgedWindows = pgTable(
  'judged_windows',
  {
    project: text().notNull(),
    endpoint: text().notNull(),
    line: text().$type<WatchLine>().notNull(),
    from: instant().notNull(),
    to: instant().notNull(),
    model: text().notNull(),
    modelVersion: integer().notNull(),
    rows: integer().notNull(),
    verdict: text().$type<Verdict>().notNull(),
    verdicts: jsonb().$type<Readonly<Record<string, Verdict>>>().notNull(),
    numbers: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    evidence: jsonb().$type<BlobRef>().notNull(),
    judgedAt: instant().notNull(),
  },
  (row) => [
    primaryKey({ name: 'judged_windows_key', columns: [row.project, row.endpoint, row.line, row.from] }),
    foreignKey({
      name: 'judged_windows_watch',
      columns: [row.project, row.endpoint],
      foreignColumns: [watches.project, watches.endpoint],
    }),
    foreignKey({
      name: 'judged_windows_version',
      columns: [row.project, row.model, row.modelVersion],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    oneOfCheck('judged_windows_line', 'line', watchLines),
    oneOfCheck('judged_windows_verdict', 'verdict', verdicts),
    blobCheck('judged_windows_evidence', 'evidence'),
    check('judged_windows_times', sql`"to" > "from"`),
    check('judged_windows_rows', sql`rows >= 0`),
  ],
);

/** One cause of an endpoint for as long as it is seen. */
export const incidents = pgTable(
  'incidents',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    endpoint: text().notNull(),
    cause: text().notNull(),
    kind: text().$type<IncidentKind>().notNull(),
    model: text().notNull(),
    modelVersion: integer().notNull(),
    openedAt: instant().notNull(),
    sights: jsonb().$type<readonly IncidentSight[]>().notNull(),
    quietWindows: integer().notNull(),
    asksForRun: boolean().notNull(),
    course: text().notNull(),
    acknowledgedBy: text(),
    closedAt: instant(),
    closedBy: text(),
    closedBecause: text(),
    createdAt: createdAt(),
  },
  (row) => [
    uniqueIndex('incidents_one_open').on(row.project, row.endpoint, row.cause).where(sql`closed_at is null`),
    index('incidents_newest').on(row.createdAt, row.id),
    foreignKey({
      name: 'incidents_watch',
      columns: [row.project, row.endpoint],
      foreignColumns: [watches.project, watches.endpoint],
    }),
    oneOfCheck('incidents_kind', 'kind', incidentKinds),
    filledCheck('incidents_cause', 'cause'),
    check('incidents_closed', sql`(closed_at is null) = (closed_because is null)`),
    check('incidents_closed_by', sql`closed_by is null or closed_at is not null`),
  ],
);

/** Until when incidents tell nobody. */
export const silences = pgTable(
  'silences',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    endpoint: text().notNull(),
    kind: text().$type<IncidentKind>(),
    owner: text().notNull(),
    reason: text().notNull(),
    until: instant().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    index('silences_of_endpoint').on(row.project, row.endpoint, row.until),
    foreignKey({
      name: 'silences_watch',
      columns: [row.project, row.endpoint],
      foreignColumns: [watches.project, watches.endpoint],
    }),
    oneOfCheck('silences_kind', 'kind', incidentKinds),
    filledCheck('silences_owner', 'owner'),
  ],
);
