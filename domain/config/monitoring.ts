import { z } from 'zod';
import { columnName, durationField, isoDate, nameField, secretReference } from './fields.js';
import { recordSchema } from './record.js';

const persistence = z
  .strictObject({
    needs: z.int().min(1).max(50).default(2).describe('So many of the last windows must fail.'),
    of: z.int().min(1).max(50).default(3).describe('How many of the last windows are looked at.'),
  })
  .refine(({ needs, of }) => needs <= of, '"needs" is at most "of"')
  .describe('When what is seen counts: once is chance.');

const windows = z
  .strictObject({
    every: durationField.default('1 day').describe('Length of a window.'),
    from: isoDate
      .default('1970-01-01')
      .describe('A day (UTC) on which a window begins; the others lie whole lengths from it.'),
    lateness: durationField
      .default('1 hour')
      .describe('A window is judged once an event so much younger than its end has come.'),
    idle: durationField.default('6 hours').describe('Or once nothing has come for so long.'),
  })
  .describe('How the traffic is cut by the time of its events.');

const sourceName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'one line of text without control characters');

const source = z
  .strictObject({
    token: secretReference
      .optional()
      .describe('Token that whoever speaks in its name must show. Without it a name is enough.'),
  })
  .describe('A source of truth that is trusted.');

const truth = z
  .strictObject({
    every: durationField.default('7 days').describe('Length of a window of what turned out to be true.'),
    from: isoDate.default('1970-01-05').describe('A day (UTC) on which such a window begins.'),
    lateness: durationField
      .default('1 day')
      .describe('How long after its end truth is waited for, by the time of events.'),
    idle: durationField.default('2 days').describe('Or until nothing has come for so long.'),
    trailing: z
      .int()
      .min(1)
      .max(52)
      .default(4)
      .describe('Over how many windows, the newest among them, "trailing" metrics are taken.'),
    mostShareOfSource: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe('Most of the counted rows that one of several sources may have told; 1 for no cap.'),
    sources: z
      .record(sourceName, source)
      .default({})
      .describe('Sources that are trusted, by name: then no other counts, and no cap holds for them.'),
    quarantine: z
      .union([z.literal('none'), durationField])
      .default('none')
      .describe('Truth that came within so long before a window is judged does not count in it.'),
    leastRows: z.int().min(30).default(200).describe('With fewer rows whose truth is known nothing is said.'),
  })
  .describe('How quality is judged by what turned out to be true.');

const drift = z
  .strictObject({
    alpha: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.05)
      .describe('Bound of the p-values, adjusted over all columns of a window.'),
    floor: z
      .number()
      .min(0)
      .lt(1)
      .default(0.05)
      .describe('A distance below this does not matter, whatever the reference taught.'),
    ignore: z.array(columnName).max(200).default([]).describe('Inputs that may move without a word.'),
    persistence: persistence.prefault({}),
  })
  .describe('When an input counts as moved.');

const detectors = z
  .strictObject({
    multivariate: z
      .enum(['classifier', 'mmd', 'off'])
      .default('classifier')
      .describe('What holds all inputs of a window against the reference together.'),
    outliers: z
      .enum(['isolationForest', 'mahalanobis', 'off'])
      .default('isolationForest')
      .describe('What finds rows that lie alone.'),
    outlierFactor: z
      .number()
      .min(1)
      .max(100)
      .default(2)
      .describe('So many times the share of the reference is an excess of outliers.'),
    firstWindow: z
      .boolean()
      .default(true)
      .describe('Whether the first traffic of a version is held against its validation rows.'),
    estimate: z
      .boolean()
      .default(true)
      .describe('Whether quality is estimated before its truth is in (classification).'),
    outcomes: z
      .boolean()
      .default(true)
      .describe('Whether the shares of the outcomes are watched by themselves (classification).'),
    concept: z
      .enum(['adwin', 'pageHinkley', 'ddm', 'off'])
      .default('adwin')
      .describe('What looks for a rise of the loss, row by row.'),
  })
  .describe('What is looked at beside single columns and conditions.');

const condition = z
  .strictObject({
    when: z
      .string()
      .min(1)
      .max(500)
      .describe(
        'A CEL expression over "metrics" of a window of truth, and over "trailing" ones, such as metrics.skill < 0.0.',
      ),
    persistence: persistence.prefault({}),
  })
  .describe('What counts as a loss of quality.');

/** `monitoring` of a ratchet.yaml: how the endpoints of the model are watched. */
export const monitoringSchema = z
  .strictObject({
    windows: windows.prefault({}),
    truth: truth.prefault({}),
    drift: drift.prefault({}),
    detectors: detectors.prefault({}),
    record: recordSchema.prefault({}),
    conditions: z
      .record(nameField, condition)
      .default({})
      .describe('Losses of quality, by name. Without one: no skill left (classification).'),
    quietWindows: z
      .int()
      .min(1)
      .max(50)
      .default(2)
      .describe('An incident closes after so many windows in a row without its cause.'),
  })
  .describe('How the endpoints of the model are watched.');
export type MonitoringConfig = z.infer<typeof monitoringSchema>;
