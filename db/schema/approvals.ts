import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import {
  type ApprovalExhibits,
  type ApprovalStage,
  type AuthorSet,
  approvalStatuses,
} from '../../domain/approvals/approval.js';
import { voteChannels } from '../../domain/ports/approvals.js';
import type { Envelope } from '../../domain/signing/envelope.js';
import { type SubjectDigests, voteDecisions } from '../../domain/signing/vote-statement.js';
import { createdAt, filledCheck, instant, oneOfCheck } from './columns.js';
import { projects } from './projects.js';

const kinds = ['promotion', 'change'] as const;
const voteStatuses = ['pending', 'counted', 'refused'] as const;

/** What is to be approved, and how far it is. Its times are the database's, and its end stays as it is: see the triggers. */
export const approvals = pgTable(
  'approvals',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    kind: text({ enum: kinds }).notNull(),
    subject: text().notNull(),
    round: integer().notNull(),
    digests: jsonb().$type<SubjectDigests>().notNull(),
    stages: jsonb().$type<readonly ApprovalStage[]>().notNull(),
    authorSet: jsonb().$type<AuthorSet>().notNull(),
    requestedBy: text().notNull(),
    exhibits: jsonb().$type<ApprovalExhibits>().notNull().default({}),
    status: text({ enum: approvalStatuses }).notNull(),
    reason: text(),
    stage: integer().notNull(),
    stageOpenedAt: instant().notNull(),
    openedAt: createdAt(),
    endedAt: instant(),
  },
  (row) => [
    foreignKey({ name: 'approvals_project', columns: [row.project], foreignColumns: [projects.name] }),
    unique('approvals_round_once').on(row.project, row.subject, row.round),
    index('approvals_newest').on(row.openedAt, row.id),
    index('approvals_newest_of_project').on(row.project, row.openedAt, row.id),
    index('approvals_open').on(row.openedAt, row.id).where(sql`status = 'open'`),
    check('approvals_id', sql`id = 'approval/' || project || '/' || subject || '/' || round`),
    check('approvals_id_length', sql`length(id) <= 300`),
    oneOfCheck('approvals_kind', 'kind', kinds),
    check('approvals_round', sql`round >= 1`),
    oneOfCheck('approvals_status', 'status', approvalStatuses),
    check('approvals_end', sql`(status = 'open') = (ended_at is null)`),
    check('approvals_stage', sql`stage between 0 and jsonb_array_length(stages)`),
  ],
);

/** Votes. The signed envelope and the time it came are as they were written; only what became of it is added, once. */
export const votes = pgTable(
  'votes',
  {
    id: text().primaryKey(),
    approval: text().notNull(),
    approver: text().notNull(),
    onBehalfOf: text(),
    decision: text({ enum: voteDecisions }).notNull(),
    reason: text().notNull(),
    envelope: jsonb().$type<Envelope>().notNull(),
    status: text({ enum: voteStatuses }).notNull().default('pending'),
    refusal: text(),
    stage: integer(),
    channel: text({ enum: voteChannels }),
    castAt: createdAt(),
    settledAt: instant(),
  },
  (row) => [
    foreignKey({ name: 'votes_approval', columns: [row.approval], foreignColumns: [approvals.id] }),
    uniqueIndex('votes_once').on(row.approval, row.approver).where(sql`status <> 'refused'`),
    index('votes_of_approval').on(row.approval, row.castAt, row.id),
    index('votes_pending').on(row.approver).where(sql`status = 'pending'`),
    filledCheck('votes_id', 'id'),
    filledCheck('votes_approver', 'approver'),
    filledCheck('votes_on_behalf_of', 'on_behalf_of'),
    oneOfCheck('votes_decision', 'decision', voteDecisions),
    oneOfCheck('votes_status', 'status', voteStatuses),
    oneOfCheck('votes_channel', 'channel', voteChannels),
    check('votes_settled', sql`(status = 'pending') = (settled_at is null)`),
    check('votes_refusal', sql`(status = 'refused') = (refusal is not null)`),
    check('votes_size', sql`octet_length(envelope::text) <= 10240`),
  ],
);
