import { z } from '@hono/zod-openapi';
import { trafficSteps } from '../../domain/serving/traffic-steps.js';
import { moment } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');

export const trafficQuery = z.strictObject({
  step: z.enum(trafficSteps).default('hour').describe('Minutes are kept for 8 days, hours for 400.'),
  from: moment.optional().describe('Without it 60 minutes, 24 hours or 30 days before the end, by the step.'),
  to: moment.optional().describe('Without it this moment.'),
});

const customSchema = z.object({
  kind: z.enum(['counter', 'gauge', 'histogram']),
  count: z.number().describe('How often a value was put to it.'),
  sum: z.number(),
  last: z.number(),
});

export const countedTraffic = z.object({
  answered: z.int().describe('Requests that were answered.'),
  rows: z.int(),
  refused: z.int().describe('Requests that could not be read or did not fit the model.'),
  failed: z
    .int()
    .describe('Requests that were owed an answer: there was no room, no time, or the model broke.'),
  failedShare: z.number().nullable().describe('Of those that were owed an answer.'),
  meanMs: z.number().nullable().describe('Of the answered ones, within the server.'),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable().describe('As far as the bounds tell that times are counted between.'),
  custom: z
    .record(z.string(), customSchema)
    .describe('What the serving application counts: of a counter `sum` tells, of a gauge `last`.'),
});

export const trafficSchema = z
  .object({
    project: z.string(),
    endpoint: z.string(),
    step: z.enum(trafficSteps),
    from: instant,
    to: instant,
    points: z
      .array(
        countedTraffic.extend({
          from: instant,
          model: z.string(),
          version: z.string(),
        }),
      )
      .describe('In the order of time. A span in which nothing was asked has none.'),
  })
  .openapi('Traffic');
