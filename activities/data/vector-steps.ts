import { featureNames, type ViewDefinition } from '../../domain/features/dataset-definition.js';
import { quoteIdentifiers, quoteText } from '../../domain/features/quote.js';
import { positionColumn, relations } from '../../domain/features/relations.js';
import { viewSql } from '../../domain/features/view-sql.js';
import type { JobStep } from '../adapters/duckdb/index.js';

/** Columns that name an example. */
export interface ExampleNames {
  readonly key: readonly string[];
  readonly predictAt: string | undefined;
}

/** Joins a view to the examples, checks that every example came back once, and writes its vectors to a file. */
export function makeVectorsSteps(
  { config, file }: ViewDefinition,
  names: ExampleNames,
  to: string,
): JobStep[] {
  const vectors = relations.vectors(config.name);
  const sql = viewSql(config, {
    spine: relations.examples,
    source: relations.source(config.name),
    predictAt: names.predictAt,
  });
  const named = [...new Set([...names.key, ...(names.predictAt === undefined ? [] : [names.predictAt])])];
  return [
    { do: 'run', say: `joining ${config.name}`, sql: `create or replace table ${vectors} as ${sql}`, file },
    everyRowStep(config.name),
    {
      do: 'run',
      sql: `copy (select ${quoteIdentifiers([...named, ...featureNames(config)])}
  from ${relations.examples} join ${vectors} using (${positionColumn}) order by ${positionColumn})
to ${quoteText(to)} (format parquet, compression zstd)`,
    },
  ];
}

/** Takes vectors that another build wrote for the same examples: they lie in the order of the examples. */
export function readVectorsSteps({ config }: ViewDefinition, from: string): JobStep[] {
  return [
    {
      do: 'run',
      say: `using the stored vectors of ${config.name}`,
      sql: `create or replace table ${relations.vectors(config.name)} as
select file_row_number as ${positionColumn}, ${quoteIdentifiers(featureNames(config))}
from read_parquet(${quoteText(from)}, file_row_number = true)`,
    },
    everyRowStep(config.name),
  ];
}

function everyRowStep(view: string): JobStep {
  const vectors = relations.vectors(view);
  return {
    do: 'refuse',
    sql: `select * from (select (select count(*) from ${relations.examples}) as examples,
  (select count(distinct ${positionColumn}) from ${vectors}) as found, (select count(*) from ${vectors}) as vectors)
where examples <> found or examples <> vectors`,
    code: 'INTERNAL',
    message: `the vectors of ${view} are not one row for each example`,
  };
}
