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
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { modelLifecycle } from '../../domain/lifecycle/model-stages.js';
import { modelStages } from '../../domain/ports/champions.js';
import { type Envelope, payloadTypes } from '../../domain/signing/envelope.js';
import { approvals } from './approvals.js';
import { createdAt, filledCheck, oneOfCheck } from './columns.js';
import { modelVersions } from './models.js';

const allowedMoves = Object.entries(modelLifecycle).flatMap(([from, tos]) =>
  Object.keys(tos).map((to) => `('${from}', '${to}')`),
);

/** Every place that a version took or lost. Where it stands is what its last move says; without one it is `registered`. */
export const stageMoves = pgTable(
  'stage_moves',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    project: text().notNull(),
    model: text().notNull(),
    version: integer().notNull(),
    /** 1, 2 ... of the version, by a trigger. Two who move it at once want the same number. */
    ordinal: integer().notNull().default(0),
    from: text({ enum: modelStages }).notNull(),
    to: text({ enum: modelStages }).notNull(),
    actor: text().notNull(),
    reason: text().notNull(),
    approval: text(),
    at: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'stage_moves_key', columns: [row.id] }),
    foreignKey({
      name: 'stage_moves_version',
      columns: [row.project, row.model, row.version],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    foreignKey({ name: 'stage_moves_approval', columns: [row.approval], foreignColumns: [approvals.id] }),
    uniqueIndex('stage_moves_once').on(row.project, row.model, row.version, row.ordinal),
    uniqueIndex('stage_moves_approval_once')
      .on(row.approval)
      .where(sql`"to" = 'champion' and "from" <> 'previous'`),
    index('stage_moves_champions').on(row.project, row.model, row.id).where(sql`"to" = 'champion'`),
    oneOfCheck('stage_moves_from', '"from"', modelStages),
    check('stage_moves_lifecycle', sql.raw(`("from", "to") in (${allowedMoves.join(', ')})`)),
    filledCheck('stage_moves_actor', 'actor'),
  ],
);

/** in-toto statements about versions, signed: without one no version is champion. */
export const attestations = pgTable(
  'attestations',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    project: text().notNull(),
    model: text().notNull(),
    version: integer().notNull(),
    approval: text(),
    envelope: jsonb().$type<Envelope>().notNull(),
    payloadSha256: text().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'attestations_key', columns: [row.id] }),
    foreignKey({
      name: 'attestations_version',
      columns: [row.project, row.model, row.version],
      foreignColumns: [modelVersions.project, modelVersions.model, modelVersions.version],
    }),
    foreignKey({ name: 'attestations_approval', columns: [row.approval], foreignColumns: [approvals.id] }),
    index('attestations_of_version').on(row.project, row.model, row.version),
    check(
      'attestations_envelope',
      sql.raw(
        `coalesce(envelope->>'payloadType' = '${payloadTypes.statement}' and jsonb_array_length(envelope->'signatures') > 0` +
          ` and payload_sha256 = encode(sha256(decode(envelope->>'payload', 'base64')), 'hex'), false)`,
      ),
    ),
  ],
);
