import { z } from 'zod';
import { columnName, columnType, isoDate, nameField, repositoryPath } from './fields.js';

const columnContract = z.strictObject({
  type: columnType.describe('Type of the column.'),
  required: z.boolean().default(false).describe('Whether null breaks the contract.'),
  min: z.number().optional().describe('Smallest allowed number.'),
  max: z.number().optional().describe('Largest allowed number.'),
  oneOf: z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .optional()
    .describe('The only allowed values.'),
});

const contract = z
  .strictObject({
    minRows: z.int().min(1).default(1).describe('Fewer rows refuse the dataset.'),
    maxQuarantinedShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('Largest share of rows that may be set aside, 0..1.'),
    columns: z.record(columnName, columnContract).default({}).describe('What is asked of each column.'),
    allowConstant: z
      .array(columnName)
      .default([])
      .describe('Columns that may have one value only in the training rows; any other is refused.'),
  })
  .describe(
    'A row that breaks the contract is set aside with its key and the reason; above the declared share the dataset is refused.',
  );

const dateRange = z.strictObject({
  from: isoDate.describe('First day, included.'),
  to: isoDate.describe('Last day, included.'),
});

const split = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('date').describe('Rows go to the split whose days hold their value of "column".'),
      column: columnName.describe('A date or timestamp column of the examples.'),
      train: dateRange.describe('Days whose rows the model learns from.'),
      validation: dateRange.describe('Days whose rows choose among models and thresholds.'),
      test: dateRange.describe('Days whose rows only the platform sees, to judge.'),
    }),
    z.strictObject({
      by: z
        .literal('recent')
        .describe(
          'Rows go to a split by how many days they are older than the newest day with a known label.',
        ),
      column: columnName.describe('A date or timestamp column of the examples.'),
      from: isoDate.optional().describe('Older rows are in no split.'),
      trainDays: z
        .int()
        .min(1)
        .optional()
        .describe('So many days before those of validation train. Default: all of them.'),
      validationDays: z.int().min(1).describe('So many days before those of test validate.'),
      testDays: z.int().min(1).describe('So many of the newest days test.'),
    }),
    z.strictObject({
      by: z
        .literal('hash')
        .describe('Rows go to a split by a hash of their key: stable when rows are added.'),
      validation: z.number().gt(0).lt(1).describe('Share of rows, 0..1.'),
      test: z.number().gt(0).lt(1).describe('Share of rows, 0..1.'),
      salt: z.string().max(64).default('').describe('Changes which rows go where.'),
    }),
  ])
  .describe('Which rows train, validate and test. The test rows are never shown to training.');

/** `dataset:` of a ratchet.yaml. */
export const datasetSchema = z
  .strictObject({
    name: nameField.describe(
      'Name of the dataset; datasets of one project share names only when they are the same.',
    ),
    tables: z.array(nameField).min(1).describe('Tables of tables/ that are read.'),
    examples: repositoryPath.describe(
      'File with one DuckDB SELECT over the tables: a row an example, with key, prediction time, label and the columns known at request time.',
    ),
    key: z.array(columnName).min(1).describe('Columns that name an example.'),
    predictAt: columnName
      .optional()
      .describe('Column with the instant of prediction (UTC). Needed where features have a time.'),
    label: columnName.optional().describe('Column with the label. Absent for unsupervised tasks.'),
    outcomes: z
      .array(columnName)
      .default([])
      .describe('Other columns that come to be known after the prediction; never an input of the model.'),
    labelKnownAt: columnName.optional().describe('Column with the instant the label came to be known.'),
    knownUntil: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('Only rows whose label was known by then enter.'),
    features: z.array(nameField).default([]).describe('Feature views of features/ that are joined.'),
    contract: contract.default({ minRows: 1, maxQuarantinedShare: 0.01, columns: {}, allowConstant: [] }),
    split,
    recompute: z
      .strictObject({
        cuts: z
          .int()
          .min(0)
          .max(10)
          .default(3)
          .describe('At how many instants the dataset is rebuilt from what was known then.'),
        rows: z
          .int()
          .min(1)
          .max(10_000)
          .default(300)
          .describe('How many rows before each cut, and how many rows by brute force, are compared.'),
      })
      .default({ cuts: 3, rows: 300 })
      .describe('The check that no feature looks ahead. With cuts: 0 it is waived, visibly.'),
  })
  .describe('From which rows the model learns.');
export type DatasetConfig = z.infer<typeof datasetSchema>;
