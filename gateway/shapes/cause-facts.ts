import { z } from '@hono/zod-openapi';

const push = z
  .object({
    kind: z.literal('push'),
    ref: z.string().describe('Full name, such as `refs/heads/main`.'),
    commit: z.string().describe('Full id of the head that was handled.'),
    before: z.string().nullable().describe('The head that was handled before; null for the first.'),
    author: z.string(),
    subject: z.string().describe('First line of its message.'),
    paths: z.array(z.string()).readonly().describe('Changed files that made the model train, at most 20.'),
    files: z.int().describe('How many of them there are.'),
  })
  .openapi('PushFacts');

const schedule = z
  .object({
    kind: z.literal('schedule'),
    schedule: z.string().describe('Key of `triggers.schedules`.'),
    slot: z.string().describe('Local date and time, which names the slot.'),
    timeZone: z.string(),
    variant: z.string().nullable(),
  })
  .openapi('ScheduleFacts');

const newData = z
  .object({
    kind: z.literal('new-data'),
    name: z.string().describe('Key of `triggers.newData`.'),
    source: z.string(),
    from: z.string().nullable().describe('Watermark that was taken before; null where none was.'),
    to: z.string(),
    rows: z.int(),
    late: z.int().describe('Rows behind `from` that were not there when it was confirmed.'),
    inLateness: z.int().describe('Rows inside of the declared lateness behind `to`.'),
  })
  .openapi('NewDataFacts');

const monitoring = z
  .object({
    kind: z.literal('monitoring'),
    alarm: z.string(),
    rule: z.string(),
    value: z.number().nullable(),
    limit: z.number().nullable(),
    endpoint: z.string().nullable(),
  })
  .openapi('MonitoringFacts');

const custom = z
  .object({
    kind: z.literal('event'),
    name: z.string().describe('Key of `triggers.events`.'),
    source: z.string(),
    id: z.string(),
    payload: z.string().nullable().describe('Text of JSON; null where it was longer than 4 KiB.'),
  })
  .openapi('CustomFacts');

const promotion = z.object({ kind: z.literal('promotion'), version: z.int() }).openapi('PromotionFacts');
const manual = z.object({ kind: z.literal('manual'), reason: z.string().nullable() }).openapi('ManualFacts');

/** What an event says of itself, by its kind. */
export const causeFactsSchema = z.union([push, schedule, newData, monitoring, custom, promotion, manual]);
