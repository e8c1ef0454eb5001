import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { runStatuses } from '../../domain/names.js';
import { releaseKinds } from '../../domain/ports/releases.js';
import { causeSchema, refusalSchema, runId, stepSchema } from './runs.js';
import { line } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');

export const releaseId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,199}$/, 'allowed is an id as a list of releases shows it')
  .openapi({ example: 'flights.web.champion-3-1714521600000' });

export const releaseSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    endpoint: z.string(),
    kind: z.enum(releaseKinds),
    model: z.string(),
    status: z.enum(runStatuses),
    reason: z.string().nullable(),
    causes: z.array(causeSchema),
    commit: z.string().nullable().describe('Of the serving code; null for the stock application.'),
    modelVersion: z.int().nullable().describe('Null until it is decided.'),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('Release');

export const releaseListSchema = z.object({ releases: z.array(releaseSchema) }).openapi('ReleaseList');

export const releaseDetailSchema = releaseSchema
  .extend({
    steps: z.array(stepSchema),
    refusals: z.array(refusalSchema),
    logs: z.array(z.object({ step: z.string(), bytes: z.number() })),
    workflowId: z.string(),
    revision: z.int().nullable().describe('Ordinal of the revision that it brought to life.'),
  })
  .openapi('ReleaseDetail');

export const startReleaseSchema = z
  .strictObject({
    id: runId.optional().describe('Minted by the client, so that a repeated start is one release.'),
    reason: line(500).optional().describe('Why, for those who look at it later.'),
  })
  .openapi('StartRelease');

export const releaseListQuery = z.strictObject({
  project: nameField.optional(),
  endpoint: nameField.optional(),
  status: z.enum(runStatuses).optional(),
});
