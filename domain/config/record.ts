import { z } from 'zod';
import { columnName, secretReference } from './fields.js';

const columns = z.array(columnName).max(200).default([]);

/** `monitoring.record` of a ratchet.yaml: what is kept of what an endpoint was asked. */
export const recordSchema = z
  .strictObject({
    mask: columns.describe('Inputs of which a keyed digest is kept in place of the value.'),
    drop: columns.describe('Inputs that are not recorded.'),
    plain: columns.describe('Columns of "sensitiveColumns" that are recorded as they are all the same.'),
    key: secretReference
      .optional()
      .describe('Key of the digests. Without it sensitive columns are dropped in place of masked.'),
    sample: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe('Share of the predictions that is recorded, chosen by their ids.'),
    keepDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe(
        'Days after which a prediction is forgotten, with its feedback; none is kept longer than the platform keeps any.',
      ),
  })
  .describe('What is recorded of requests.');
export type RecordConfig = z.infer<typeof recordSchema>;
