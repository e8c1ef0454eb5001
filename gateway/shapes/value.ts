import { z } from '@hono/zod-openapi';
import { moment } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');

const amount = z.object({
  sum: z.number().describe('Of all rows whose truth is known.'),
  perRow: z.number(),
  low: z.number().nullable().describe('95 % interval of what one row is worth; null for fewer than 30 rows.'),
  high: z.number().nullable(),
});
const minutes = { minutes: z.number(), cost: z.number() };

export const valueQuery = z.strictObject({
  from: moment
    .optional()
    .describe('Windows that begin here or later; without it the oldest window that is kept.'),
  to: moment.optional().describe('Windows that end here or before; without it the newest that is kept.'),
});

export const endpointValueSchema = z
  .object({
    project: z.string(),
    endpoint: z.string(),
    model: z.string(),
    unit: z.string().describe('Of all that follows.'),
    from: instant,
    to: instant,
    windows: z.object({
      counted: z.int(),
      leftOut: z
        .int()
        .describe('Judged before the value was declared as it is, or with a truth beyond all numbers.'),
    }),
    rows: z.object({
      answered: z.int().describe('In the windows that count.'),
      valued: z.int().describe('Of them with a truth that counts: only these have a value.'),
    }),
    value: amount.nullable().describe('What the answers were worth; null where no truth is known.'),
    baseline: z
      .object({ sum: z.number(), perRow: z.number() })
      .nullable()
      .describe('Of the best constant answer of each window, on the same rows.'),
    gain: amount.nullable().describe('Value less baseline, row by row.'),
    training: z
      .object({ runs: z.int(), ...minutes })
      .describe('Of all runs of the model that began in the span.'),
    serving: z
      .object(minutes)
      .nullable()
      .describe('Of every replica; null where rows were answered and nothing was there by the clock.'),
    cost: z.number().nullable().describe('Of both together.'),
    net: z
      .number()
      .nullable()
      .describe('Value of the rows whose truth is known, less the cost of the whole span.'),
  })
  .openapi('EndpointValue');
