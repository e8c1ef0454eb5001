import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { metricNames } from '../../domain/metrics/metric-catalogue.js';
import { causeKinds, runStatuses, stepStatuses } from '../../domain/names.js';
import { causeFactsSchema } from './cause-facts.js';
import { line } from './text.js';

export const runId = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'allowed is a UUID in lower case',
  )
  .openapi({ example: '019a1b2c-3d4e-7f80-8123-456789abcdef' });

const instant = z.string().describe('ISO-8601, UTC.');

export const causeSchema = z.object({
  kind: z.enum(causeKinds),
  by: z.string().optional(),
  at: instant,
  event: z.string().optional().describe('The trigger event that it is.'),
  facts: causeFactsSchema.optional().describe('What that event says.'),
  more: z.int().optional().describe('How many events of its kind are causes too, and not listed.'),
  round: z.int().optional().describe('The round that it began, where it resumed the run.'),
});

const waiting = z.object({
  for: z.string().describe('Such as "capacity: gpu".'),
  since: instant,
  until: instant.nullable(),
  advice: z.string().nullable().describe('What a person can do.'),
});

export const stepSchema = z
  .object({
    name: z.string(),
    status: z.enum(stepStatuses),
    attempt: z.int(),
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    ms: z.number().nullable().describe('Duration in milliseconds.'),
    inputs: z.record(z.string(), z.string()).describe('Digest by part that the result depends on.'),
    reason: z.string().nullable(),
    progress: z.string().nullable(),
    waiting: waiting.nullable(),
    nextTryAt: instant.nullable().describe('When a failed attempt is tried again.'),
  })
  .openapi('Step');

export const runSchema = z
  .object({
    id: runId,
    project: z.string(),
    model: z.string(),
    ref: z.string(),
    variant: z.string().nullable(),
    commit: z.string().nullable(),
    status: z.enum(runStatuses),
    reason: z.string().nullable(),
    causes: z.array(causeSchema),
    createdAt: instant,
    endedAt: instant.nullable(),
    round: z.int().describe('How often it was resumed.'),
    automatic: z
      .boolean()
      .describe(
        'Whether all its causes are of a kind that needs no person: cool-down, budgets and holds are for such runs.',
      ),
    reopenedAt: instant
      .nullable()
      .describe('When it was last resumed; steps that began before are of an earlier round.'),
  })
  .openapi('Run');

export const listedRunSchema = runSchema
  .extend({
    step: z.string().nullable().describe('The step it is at.'),
    metrics: z.record(z.string(), z.number()),
  })
  .openapi('ListedRun');

export const runPageSchema = z
  .object({
    runs: z.array(listedRunSchema),
    next: z.string().nullable().describe('Pass as "after" for the next page.'),
  })
  .openapi('RunPage');

export const refusalSchema = z
  .object({ what: z.string(), rule: z.string(), actual: z.string(), limit: z.string() })
  .openapi('Refusal');

export const runDetailSchema = runSchema
  .extend({
    steps: z.array(stepSchema),
    waiting: waiting
      .nullable()
      .describe('What the run as a whole waits for, such as a worker that takes it up.'),
    notice: z.string().nullable().describe('What could not be found out, and why.'),
    refusals: z.array(refusalSchema),
    logs: z.array(z.object({ step: z.string(), bytes: z.number() })),
    workflowId: z.string(),
    version: z.int().nullable().describe('Model version it registered.'),
  })
  .openapi('RunDetail');

export const startRunSchema = z
  .strictObject({
    id: runId.optional().describe('Minted by the client, so that a repeated start is one run.'),
    project: nameField,
    model: nameField,
    ref: line(250).optional().describe('Branch, tag or commit. Default: the ref of the project.'),
    variant: nameField.optional().describe('A variant of the model. Default: none.'),
  })
  .openapi('StartRun');

export const resumeRunSchema = z
  .strictObject({
    ref: line(250).optional().describe('Branch, tag or commit with the fix. Default: the ref of the run.'),
  })
  .openapi('ResumeRun');

export const metricSeriesSchema = z
  .object({
    points: z.array(z.object({ name: z.string(), step: z.number(), value: z.number(), at: instant })),
  })
  .openapi('MetricSeries');

export const runListQuery = z.strictObject({
  project: nameField.optional(),
  model: nameField.optional(),
  status: z.enum(runStatuses).optional(),
  sortBy: z.enum(metricNames).optional().describe('Metric of the test split to sort by, best first.'),
  direction: z
    .enum(['higher', 'lower'])
    .optional()
    .describe('Which way is better. Default: as the catalogue of metrics says.'),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  after: z.string().max(500).optional(),
});

export const comparisonSchema = z
  .object({
    runs: z.array(
      z.object({
        id: runId,
        project: z.string(),
        model: z.string(),
        variant: z.string().nullable(),
        status: z.enum(runStatuses),
        commit: z.string().nullable(),
      }),
    ),
    differences: z.array(
      z.object({
        what: z.string(),
        values: z.array(z.union([z.string(), z.number()]).nullable()),
        better: z.enum(['higher', 'lower']).nullable(),
      }),
    ),
  })
  .openapi('RunComparison');
