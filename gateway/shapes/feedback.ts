import { z } from '@hono/zod-openapi';
import { moment } from './text.js';

const told = z
  .record(z.string(), z.unknown())
  .describe('The `id` of a prediction, its `row`, `truth` or `reward`, and `at` and `source` where known.');

export const tellSchema = z
  .array(told)
  .min(1)
  .max(10_000)
  .describe('As the endpoint itself takes it, as a list.');

export const toldSchema = z
  .object({
    accepted: z.int().describe('Rows that are on their way to the database.'),
    duplicate: z.int().describe('Rows that the same source told of lately.'),
    unknown: z.int().describe('Rows of ids that no prediction can have.'),
    unsampled: z.int().optional().describe('Rows of answers that were chosen not to be recorded.'),
    completed: z.array(z.string()).optional().describe('Ids of predictions that were made again of inputs.'),
  })
  .openapi('FeedbackReply');

export const replaySchema = z
  .strictObject({
    from: moment.describe('Of event time.'),
    to: moment.describe('Not included.'),
    mostRows: z.int().min(1).max(20_000).default(5000).describe('Of more rows about so many are chosen.'),
  })
  .openapi('ReplayAnswers');

export const replayedSchema = z
  .object({
    compared: z.int().describe('Rows that were asked again of the file that answered.'),
    equal: z.int().describe('Of them, those with every output the same to the last bit.'),
    differing: z.int().describe('Of them, those beyond the tolerance.'),
    unreadable: z
      .int()
      .describe('Rows whose inputs are not there as they came: masked, dropped, beyond a double.'),
    unknown: z.int().describe('Rows of versions that the registry does not know.'),
    tolerance: z.number(),
    worst: z
      .array(
        z.object({
          predictionId: z.string(),
          row: z.int(),
          output: z.string(),
          difference: z.number().nullable().describe('Null where there is no number for it.'),
          stored: z.string(),
          replayed: z.string(),
        }),
      )
      .describe('At most 20, the largest difference first.'),
    versions: z.array(
      z.object({
        model: z.string(),
        version: z.string(),
        modelDigest: z.string(),
        compared: z.int(),
      }),
    ),
  })
  .openapi('ReplayedAnswers');
