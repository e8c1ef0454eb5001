import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { noticeKinds } from '../../domain/config/tracking.js';
import { letterStatuses } from '../../domain/ports/outbox.js';

const instant = z.string().describe('ISO-8601, UTC.');

export const letterSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    model: z.string().nullable(),
    target: z.string().describe('Key of `notifications` in ratchet.project.yaml.'),
    kind: z.enum([...noticeKinds, 'test']),
    title: z.string().describe('What it says, in one sentence.'),
    runId: z.string().nullable(),
    status: z.enum(letterStatuses).describe('A dead one is tried no more until it is driven again.'),
    attempts: z.int(),
    lastError: z.string().nullable().describe('Of the newest attempt; null for one that is delivered.'),
    at: instant.describe('When it was to be told.'),
    nextAt: instant.describe('When it is tried next, while it is pending.'),
    deliveredAt: instant.nullable(),
  })
  .openapi('Letter');

export const letterDetailSchema = letterSchema
  .extend({
    lines: z.array(z.string()).describe('What it says below its title.'),
    to: z.array(z.string()).describe('Accounts that it is for.'),
    commit: z.string().nullable(),
    tries: z.array(
      z.object({
        at: instant,
        ms: z.number(),
        error: z.string().nullable().describe('Null where it was delivered.'),
      }),
    ),
  })
  .openapi('LetterDetail');

export const letterPageSchema = z
  .object({
    letters: z.array(letterSchema),
    next: z.string().nullable().describe('Pass as "after" for the next page.'),
  })
  .openapi('LetterPage');

export const letterListQuery = z.strictObject({
  project: nameField.optional(),
  status: z.enum(letterStatuses).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'allowed is "next" of the page before')
    .optional(),
});

export const redrivenSchema = z
  .object({ letters: z.int().describe('How many dead letters are pending again.') })
  .openapi('Redriven');

export const testNoticeSchema = z
  .object({
    key: z.string().describe('Of the notice.'),
    targets: z.array(z.string()).describe('Where it is on its way to.'),
  })
  .openapi('TestNotice');
