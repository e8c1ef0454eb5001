import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { line } from './text.js';

export const auditEventSchema = z
  .object({
    seq: z.int().describe('1, 2, 3 ... without a gap.'),
    at: z.string(),
    actor: z.string().describe('Account, or `system/<process>`.'),
    action: z.string(),
    project: z.string().nullable(),
    subject: z.string(),
    details: z.string().describe('Facts as canonical text of JSON.'),
    previous: z.string().describe('Hash of the row before.'),
    hash: z.string().describe('SHA-256 over all of the above.'),
  })
  .openapi('AuditEvent');

export const auditQuery = z.strictObject({
  project: nameField.optional().describe('Needed by everybody but administrators.'),
  actor: line(200).optional(),
  action: line(100).optional(),
  subject: line(500).optional(),
  before: z.coerce.number().int().min(1).optional().describe('Rows before this number.'),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});

export const auditReportSchema = z
  .object({
    intact: z.boolean(),
    rows: z.int(),
    head: z.object({ seq: z.int(), hash: z.string(), at: z.string() }).nullable(),
    checkpoints: z.int().describe('Signed checkpoints that the chain goes through as they say.'),
    findings: z.array(
      z.object({
        kind: z.enum(['edited', 'missing', 'reordered', 'replaced', 'truncated', 'rewritten', 'unsigned']),
        seq: z.int(),
        text: z.string(),
      }),
    ),
  })
  .openapi('AuditReport');
