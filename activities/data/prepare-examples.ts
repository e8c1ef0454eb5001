import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import { runDuckdbJob } from '../adapters/duckdb/index.js';
import type { WorkOptions } from './deps.js';
import {
  exampleColumns,
  exampleSteps,
  readSpine,
  sourceColumns,
  sourceSteps,
  spineSteps,
} from './example-steps.js';
import type { Snapshots } from './fetch-snapshots.js';
import { cleanSteps, openingSteps, stagedRows } from './table-steps.js';

/** Cleaned tables, numbered examples and the rows of every view, in a database file of the work folder. */
export interface PreparedExamples {
  readonly database: string;
  readonly examples: readonly ShapedColumn[];
  /** Columns of each view's `select`, by view. */
  readonly sources: Readonly<Record<string, readonly ShapedColumn[]>>;
  /** Digest of the examples as each view sees them, by view. */
  readonly spines: Readonly<Record<string, string>>;
  /** Raw rows of each table. */
  readonly tableRows: Readonly<Record<string, number>>;
}

/**
 * Runs all SQL of the repository, on one thread: a sum of doubles then has one order, and the same rows give the same
 * digest on every machine. Errors: `DATASET_SQL`, `DATA_TYPE`, `CONTRACT_BROKEN`.
 */
export async function prepareExamples(
  launcher: Launcher,
  definition: DatasetDefinition,
  snapshots: Snapshots,
  options: WorkOptions,
): Promise<PreparedExamples> {
  const database = join(options.workDir, 'build.duckdb');
  const results = await runDuckdbJob(
    launcher,
    {
      ...options.bounds,
      key: options.key,
      fence: options.fence,
      name: 'prepare',
      folder: options.workDir,
      database,
      threads: 1,
      steps: [
        ...openingSteps,
        ...definition.tables.flatMap((table) => cleanSteps(table, snapshots)),
        ...exampleSteps(definition),
        ...definition.views.flatMap((view) => sourceSteps(view, 'table')),
        ...spineSteps(definition),
      ],
    },
    options,
  );
  const views = definition.views.map(({ config }) => config.name);
  const columns = (name: string) => (results[name] ?? []) as unknown as readonly ShapedColumn[];
  const prepared: PreparedExamples = {
    database,
    examples: columns(exampleColumns),
    sources: Object.fromEntries(views.map((view) => [view, columns(sourceColumns(view))])),
    spines: Object.fromEntries(
      definition.views.map((view) => [view.config.name, readSpine(results, view, definition)]),
    ),
    tableRows: Object.fromEntries(
      definition.tables.map(({ config }) => [
        config.name,
        Number(results[stagedRows(config.name)]?.[0]?.['rows']),
      ]),
    ),
  };
  refuseTwins(definition, prepared.examples);
  return prepared;
}

/** A feature and a column of the examples of one name would be one column. */
function refuseTwins({ dataset, views }: DatasetDefinition, examples: readonly ShapedColumn[]): void {
  const names = new Set(examples.map(({ name }) => name.toLowerCase()));
  for (const { config, file } of views)
    for (const feature of Object.keys(config.columns))
      if (names.has(feature.toLowerCase()))
        throw new RatchetError(
          'DATASET_SQL',
          `${dataset.examples}: gives a column ${feature}, which ${file} gives too`,
          {
            file: dataset.examples,
            column: feature,
          },
        );
}
