import { z } from '@hono/zod-openapi';
import { modelStages } from '../../domain/ports/champions.js';
import { modelVersionSchema } from './models.js';
import { line } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');

export const stageMoveSchema = z
  .object({
    project: z.string(),
    model: z.string(),
    version: z.int(),
    from: z.enum(modelStages),
    to: z.enum(modelStages),
    actor: z.string(),
    reason: z.string(),
    approval: z.string().nullable().describe('That let it in.'),
    at: instant,
  })
  .openapi('StageMove');

export const liveSchema = z
  .object({
    at: instant,
    live: z
      .object({
        version: modelVersionSchema,
        since: instant,
        until: instant.nullable(),
        replaced: z.int().nullable().describe('The version that was live before.'),
        approval: z.string().nullable().describe('That let it in; null where the policy asked nobody.'),
        approvedBy: z
          .array(z.object({ approver: z.string(), onBehalfOf: z.string().nullable() }))
          .describe('Whose votes let it in.'),
        by: z.string().describe('Who or what moved it.'),
      })
      .nullable()
      .describe('Null where nothing was live.'),
  })
  .openapi('LiveAt');

/** Parts of a version that a reviewer looks at one after the other. */
const parts = ['code', 'configuration', 'data', 'metrics', 'slices', 'interface'] as const;
const value = z.union([z.string(), z.number()]).nullable();

export const versionDiffSchema = z
  .object({
    project: z.string(),
    model: z.string(),
    from: z.int().nullable().describe('Null where there is no champion to compare with.'),
    to: z.int(),
    changes: z.array(
      z.object({
        part: z.enum(parts),
        what: z.string(),
        metric: z.string().nullable().describe('Of metrics and slices, the name of the number.'),
        from: value,
        to: value,
        better: z.enum(['from', 'to']).nullable().describe('Which of two numbers is the better one.'),
      }),
    ),
  })
  .openapi('VersionDiff');

export const promotionSchema = z
  .object({
    workflowId: z.string(),
    status: z.string().describe('How it ended; `waiting` while people are asked or programs run.'),
    reason: z.string().nullable(),
    approval: z.string().nullable().describe('That people vote on.'),
  })
  .openapi('Promotion');

export const reasonSchema = z.strictObject({ reason: line(500) }).openapi('Reason');
