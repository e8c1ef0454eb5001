import { z } from '@hono/zod-openapi';
import { columnName, nameField } from '../../domain/config/fields.js';
import { line } from './text.js';

const blob = z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() }).openapi('BlobRef');

export const datasetSchema = z
  .object({
    project: z.string(),
    name: z.string(),
    version: z.int(),
    digest: z.string(),
    rows: z.number(),
    quarantined: z.number(),
    commit: z.string(),
    runId: z.string().nullable(),
    tags: z.array(z.string()),
    tagRows: z
      .record(z.string(), z.number())
      .describe('Of the tags that name a subset, how many rows it has.'),
    createdAt: z.string(),
  })
  .openapi('Dataset');

const split = <T extends z.ZodType>(shape: T) => z.object({ train: shape, validation: shape, test: shape });
const scalar = z.union([z.string(), z.number()]).nullable();

export const datasetDetailSchema = datasetSchema
  .extend({
    adoptedFrom: z
      .object({ project: z.string(), name: z.string(), version: z.int() })
      .nullable()
      .describe('The version of another project that these rows are; null where they were built here.'),
    splits: split(z.number()).describe('Rows by split.'),
    files: split(blob),
    quarantine: z.union([blob, z.null()]),
    setAside: z.array(
      z.object({
        table: z.string(),
        rows: z.number(),
        of: z.number(),
        reasons: z.record(z.string(), z.number()),
      }),
    ),
    columns: z.array(
      z.object({
        name: columnName,
        type: z.string(),
        nulls: z.number(),
        distinct: z.number(),
        min: scalar,
        max: scalar,
        mean: z.number().nullable(),
        deviation: z.number().nullable(),
      }),
    ),
    sources: z.array(
      z.object({ table: z.string(), source: z.string(), fingerprint: z.string(), rows: z.number() }),
    ),
    features: z.array(
      z.object({ name: z.string(), version: z.int(), digest: z.string(), reused: z.boolean() }),
    ),
    checks: z.array(z.object({ name: z.string(), verdict: z.string(), text: z.string() })),
    subsets: z.array(
      z.object({
        tag: z.string(),
        version: z.int(),
        where: z.string().nullable(),
        rows: z.number().nullable(),
        at: z.string(),
      }),
    ),
  })
  .openapi('DatasetDetail');

export const tagSchema = z
  .strictObject({
    tag: nameField,
    where: line(2000)
      .optional()
      .describe('A condition over the columns: the tag then names that subset of the rows.'),
  })
  .openapi('Tag');

export const rebuildSchema = z
  .object({ version: z.int(), digest: z.string(), rebuiltDigest: z.string(), equal: z.boolean() })
  .openapi('Rebuild');

export const datasetDiffSchema = z
  .object({
    from: z.int(),
    to: z.int(),
    changes: z.array(
      z.object({
        what: z.string(),
        from: z.union([z.string(), z.number()]).nullable(),
        to: z.union([z.string(), z.number()]).nullable(),
      }),
    ),
  })
  .openapi('DatasetDiff');
