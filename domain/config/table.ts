import { z } from 'zod';
import { columnName, columnType, configVersion, nameField, repositoryPath } from './fields.js';

const range = z.strictObject({
  min: z.number().optional().describe('Smallest allowed value.'),
  max: z.number().optional().describe('Largest allowed value.'),
  outside: z
    .enum(['null', 'quarantine'])
    .describe('What happens to a value outside: it becomes null, or its row is set aside.'),
});

const clean = z
  .strictObject({
    normalise: z
      .record(columnName, z.enum(['trim', 'upper', 'lower']))
      .default({})
      .describe(
        'Text is trimmed, and written in upper or lower case where asked. An empty text becomes null.',
      ),
    ranges: z.record(columnName, range).default({}).describe('Allowed ranges of numbers.'),
    duplicates: z
      .strictObject({
        key: z.array(columnName).min(1).describe('Columns that are unique together.'),
        keep: z
          .enum(['first', 'last'])
          .default('last')
          .describe('Which of several rows stays, in the order of "orderBy".'),
        orderBy: z
          .array(columnName)
          .default([])
          .describe('Order among duplicates; ties are broken by all columns.'),
      })
      .optional()
      .describe(
        'Rows with an equal key become one row; the others are set aside with the reason "duplicate".',
      ),
  })
  .describe('How rows are cleaned, in the order: types, normalise, ranges, duplicates.');

/** `tables/<name>.yaml`: one cleaned table, from one allowed source. */
export const tableSchema = z
  .strictObject({
    version: configVersion,
    name: nameField.describe('Name of the table; dashes become underscores in SQL.'),
    description: z.string().max(2000).default('').describe('What a row is.'),
    source: nameField.describe('A source of the allow-list in ratchet.project.yaml.'),
    query: repositoryPath.optional().describe('For a database: file with one SELECT.'),
    path: z.string().max(1024).optional().describe('For files: a key, or a prefix that ends with "/".'),
    format: z.enum(['csv', 'parquet']).optional().describe('For files: their format.'),
    nullText: z.string().default('').describe('For CSV: the text that stands for null.'),
    columns: z
      .record(columnName, columnType)
      .describe(
        'Columns that are read, with their types. A value that is not of its type sets its row aside.',
      ),
    rowKey: z
      .array(columnName)
      .min(1)
      .describe('Columns that name a row in the quarantine and in error texts.'),
    knownAt: z
      .strictObject({
        row: z
          .string()
          .max(2000)
          .optional()
          .describe('SQL expression: when the whole row was known. Absent: always.'),
        columns: z
          .record(columnName, z.string().max(2000))
          .default({})
          .describe(
            'SQL expression by column: when its value was known. Before that instant the value counts as null.',
          ),
      })
      .default({ columns: {} })
      .describe(
        'When rows and values came to be known (UTC timestamps). Every table is cut by it to prove that features do not look ahead.',
      ),
    clean: clean.default({ normalise: {}, ranges: {} }),
    maxQuarantinedShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('Largest share of rows that may be set aside, 0..1.'),
  })
  .describe('A table of cleaned rows.');
export type TableConfig = z.infer<typeof tableSchema>;
