import { z } from '@hono/zod-openapi';

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
    completed: z.array(z.string()).optional().describe('Ids of predictions that were made again of inputs.'),
  })
  .openapi('FeedbackReply');
