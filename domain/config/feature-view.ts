import { z } from 'zod';
import { columnName, configVersion, durationField, nameField } from './fields.js';

const shared = {
  version: configVersion,
  name: nameField.describe('Name of the feature view.'),
  description: z.string().max(2000).default('').describe('What the features say.'),
  tables: z.array(nameField).min(1).describe('Tables that "select" reads.'),
  entity: z
    .array(columnName)
    .min(1)
    .describe('Columns that name the entity, in "select" and in the examples.'),
  select: z
    .string()
    .max(20_000)
    .describe('One DuckDB SELECT over the tables, giving the entity columns, the instants and the values.'),
};

const aggregate = z.strictObject({
  aggregate: z.enum(['mean', 'sum', 'count']).describe('How the values inside the window become one.'),
  of: columnName.optional().describe('Column that is aggregated; not needed for count.'),
});

const taken = z.strictObject({ of: columnName.describe('Column of "select" whose value is the feature.') });

const windowView = z
  .strictObject({
    ...shared,
    kind: z.literal('window').describe('Aggregates over a trailing window.'),
    knownAt: columnName.describe('Column of "select": when the row was known (UTC).'),
    window: durationField.describe('Rows known in (prediction time - window, prediction time] count.'),
    columns: z.record(columnName, aggregate).describe('The features.'),
  })
  .describe('Aggregates over a trailing window of what was known.');

const latestView = z
  .strictObject({
    ...shared,
    kind: z.literal('latest').describe('The last known row.'),
    knownAt: columnName.describe('Column of "select": when the row was known (UTC).'),
    ttl: durationField
      .optional()
      .describe(
        'Only a row known in (prediction time - ttl, prediction time] counts. Absent: never too old.',
      ),
    columns: z.record(columnName, taken).describe('The features.'),
  })
  .describe('The last known row of the entity.');

const lookupView = z
  .strictObject({
    ...shared,
    kind: z.literal('lookup').describe('Facts that do not change with time.'),
    columns: z.record(columnName, taken).describe('The features.'),
  })
  .describe('Facts of the entity that do not change with time; one row an entity.');

/** `features/<name>.yaml`: features of an entity, joined as they were known at prediction time. */
export const featureViewSchema = z.discriminatedUnion('kind', [windowView, latestView, lookupView]);
export type FeatureViewConfig = z.infer<typeof featureViewSchema>;
