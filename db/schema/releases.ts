import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { runStatuses } from '../../domain/names.js';
import { releaseKinds } from '../../domain/ports/releases.js';
import type { Cause } from '../../domain/ports/runs.js';
import { createdAt, filledCheck, hexCheck, instant, oneOfCheck } from './columns.js';
import { endpoints } from './endpoints.js';
import { modelVersions } from './models.js';
import { stepTables } from './step-tables.js';

/** Ways of endpoints to new revisions. One of an endpoint has its turn; the others wait for it. */
export const releases = pgTable(
  'releases',
  {
    id: text().primaryKey(),
    /** In the order they came. */
    ordinal: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    project: text().notNull(),
    endpoint: text().notNull(),
    kind: text({ enum: releaseKinds }).notNull(),
    /** That the endpoint answered with when it came. */
    model: text().notNull(),
    status: text({ enum: runStatuses }).notNull(),
    reason: text(),
    causes: jsonb().$type<readonly Cause[]>().notNull(),
    commit: text(),
    modelVersion: integer(),
    round: integer().notNull().default(0),
    inTurn: boolean().notNull().default(false),
    createdAt: createdAt(),
    endedAt: instant(),
  },
  (row) => [
    foreignKey({
      name: 'releases_endpoint',
      columns: [row.project, row.endpoint],
      foreignColumns: [endpoints.project, endpoints.endpoint],
    }),
    foreignKey({
      name: 'releases_model_version',
      columns: [row.project, row.model, row.modelVersion],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    unique('releases_of_endpoint').on(row.project, row.endpoint, row.id),
    uniqueIndex('releases_one_in_flight')
      .on(row.project, row.endpoint)
      .where(sql`in_turn and status in ('running', 'waiting')`),
    filledCheck('releases_id', 'id'),
    hexCheck('releases_commit', 'commit', 40),
    oneOfCheck('releases_kind', 'kind', releaseKinds),
    oneOfCheck('releases_status', 'status', runStatuses),
    index('releases_newest').on(row.ordinal),
    index('releases_newest_of_endpoint').on(row.project, row.endpoint, row.ordinal),
    index('releases_open').on(row.ordinal).where(sql`status in ('running', 'waiting')`),
  ],
);

export const {
  steps: releaseSteps,
  results: releaseResults,
  refusals: releaseRefusals,
  logs: releaseLogs,
} = stepTables('release', () => releases.id);
