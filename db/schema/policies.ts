import { sql } from 'drizzle-orm';
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { PolicyConfig } from '../../domain/config/policy.js';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { SubjectDigests } from '../../domain/signing/vote-statement.js';
import { verdicts } from '../../domain/verdict.js';
import { blobCheck, createdAt, filledCheck, hexCheck, instant, oneOfCheck } from './columns.js';
import { modelVersions } from './models.js';
import { projects } from './projects.js';

/** Policies with the time they were in force; one at a time for the organisation and for each model. */
export const policies = pgTable(
  'policies',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    project: text(),
    model: text(),
    digest: text().notNull(),
    policy: jsonb().$type<PolicyConfig>().notNull(),
    commit: text().notNull(),
    inForceSince: createdAt(),
    outOfForceAt: instant(),
  },
  (row) => [
    primaryKey({ name: 'policies_key', columns: [row.id] }),
    foreignKey({ name: 'policies_project', columns: [row.project], foreignColumns: [projects.name] }),
    uniqueIndex('policies_in_force_once')
      .on(sql`coalesce(${row.project}, '')`, sql`coalesce(${row.model}, '')`)
      .where(sql`out_of_force_at is null`),
    hexCheck('policies_digest', 'digest', 64),
    hexCheck('policies_commit', 'commit', 40),
  ],
);

/** What a policy said of a version. A later answer stands beside the ones before. */
export const policyVerdicts = pgTable(
  'policy_verdicts',
  {
    id: text().primaryKey(),
    /** Which came later: the newest counts. */
    ordinal: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    project: text().notNull(),
    model: text().notNull(),
    version: integer().notNull(),
    policyDigest: text().notNull(),
    factsDigest: text().notNull(),
    digests: jsonb().$type<SubjectDigests>().notNull(),
    verdict: text({ enum: verdicts }).notNull(),
    rules: jsonb().$type<readonly RuleResult[]>().notNull(),
    facts: jsonb().$type<BlobRef>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    foreignKey({
      name: 'policy_verdicts_version',
      columns: [row.project, row.model, row.version],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    index('policy_verdicts_newest').on(row.project, row.model, row.version, row.ordinal),
    filledCheck('policy_verdicts_id', 'id'),
    hexCheck('policy_verdicts_policy', 'policy_digest', 64),
    hexCheck('policy_verdicts_facts_digest', 'facts_digest', 64),
    oneOfCheck('policy_verdicts_verdict', 'verdict', verdicts),
    blobCheck('policy_verdicts_facts', 'facts'),
  ],
);
