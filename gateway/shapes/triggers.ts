import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { causeKinds } from '../../domain/names.js';
import { suppressRules } from '../../domain/triggers/trigger-event.js';
import { eventFields } from '../hooks/event-content.js';
import { causeFactsSchema } from './cause-facts.js';
import { runId } from './runs.js';
import { line } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');
export const outcomeKinds = ['started', 'merged', 'suppressed'] as const;

const outcome = z.object({
  kind: z
    .enum(outcomeKinds)
    .describe('Started a run, is a cause of a run that another event started, or starts nothing.'),
  runId: z.string().nullable().describe('Of `started` and `merged`.'),
  rule: z.enum(suppressRules).nullable().describe('Of `suppressed`: by which rule.'),
  reason: z.string().nullable().describe('Of `suppressed`: why, in words.'),
});

export const eventSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    model: z.string(),
    kind: z.enum(causeKinds),
    key: z.string().describe('What it is, wherever it comes from: the same key is the same event.'),
    by: z.string().nullable().describe('Account or author; null where no person is behind it.'),
    at: instant.describe("Its logical time: the slot's, the commit's, the alarm's."),
    facts: causeFactsSchema,
    receivedAt: instant,
    repeats: z.int().describe('How often it came again.'),
    proposedAt: instant.nullable().describe('Since when its run is announced, which may be stopped.'),
    outcome: outcome.nullable().describe('Null while it is pending.'),
    settledAt: instant.nullable(),
  })
  .openapi('TriggerEvent');

export const eventDetailSchema = eventSchema
  .extend({
    waitsFor: z.string().nullable().describe('What a pending event waits for, in words.'),
    waitsUntil: instant.nullable().describe('When that ends; null where only a message ends it.'),
  })
  .openapi('TriggerEventDetail');

export const holdSchema = z
  .object({
    project: z.string(),
    model: z.string(),
    by: z.string(),
    reason: z.string(),
    since: instant,
  })
  .openapi('Hold');

export const eventPageSchema = z
  .object({
    events: z.array(eventDetailSchema),
    holds: z.array(holdSchema).describe('Models of those that are listed whose runs a person stopped.'),
    next: z.string().nullable().describe('Pass as "after" for the next page.'),
  })
  .openapi('TriggerEventPage');

export const eventListQuery = z.strictObject({
  project: nameField.optional(),
  model: nameField.optional(),
  kind: z.enum(causeKinds).optional(),
  outcome: z.enum([...outcomeKinds, 'pending']).optional(),
  run: runId.optional().describe('Causes of this run.'),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  after: z.string().max(500).optional(),
});

export const fireSchema = z
  .strictObject({ reason: line(500).optional().describe('For whoever reads it in a year.') })
  .openapi('FireTrigger');

export const alarmSchema = z
  .strictObject({
    alarm: line(200).describe('What the alarm is called.'),
    rule: line(200).describe('By which rule it went off.'),
    value: z.number().optional().describe('What was measured.'),
    limit: z.number().optional().describe('What it may be.'),
    endpoint: line(200).optional().describe('Where it was measured.'),
    at: eventFields.at.optional().describe('When it went off. Default: now.'),
    id: line(200)
      .optional()
      .describe('Yours; the same id again is the same alarm. Default: made of `alarm` and `at`.'),
  })
  .openapi('SendAlarm');

export const vetoSchema = z
  .object({
    project: z.string(),
    model: z.string(),
    events: z.int().describe('How many events asked for the run that was stopped.'),
  })
  .openapi('Veto');
