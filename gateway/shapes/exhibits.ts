import { z } from '@hono/zod-openapi';
import { jsonObject } from '../http/json.js';

const part = z.enum(['members', 'changes', 'sources', 'policies', 'organisation']);

export const shownChangeSchema = z
  .object({
    commit: z.string(),
    follows: z.string().nullable().describe('The commit that is in force; null where it was not kept.'),
    differences: z
      .array(
        z.object({
          part,
          name: z.string().nullable().describe('Account, source or model; null for `changes`.'),
          kind: z.enum(['added', 'changed', 'removed']),
          before: jsonObject.nullable(),
          after: jsonObject.nullable(),
          diff: z.string().describe('Unified, of both as YAML with sorted keys.'),
        }),
      )
      .nullable()
      .describe('Exactly what the votes are about; null where people were asked before it was kept.'),
  })
  .openapi('ShownChange');

const lines = z.int().nullable().describe('Lines; null for what is not text.');

export const codeChangesSchema = z
  .object({
    repo: z.string(),
    from: z.string().describe('The commit of the champion when people were asked.'),
    to: z.string(),
    files: z.array(z.object({ path: z.string(), added: lines, removed: lines })).describe('At most 200.'),
    total: z.object({ files: z.int(), added: z.int(), removed: z.int() }).describe('Of all files.'),
    gap: z.string().nullable().describe('Why it is not known.'),
  })
  .openapi('CodeChanges');
