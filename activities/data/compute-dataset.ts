import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import { judgedColumns } from '../../domain/features/judge-sql.js';
import { digestSubject } from '../../domain/features/row-digest.js';
import { readStatistics } from '../../domain/features/statistics-sql.js';
import type { ColumnStatistics } from '../../domain/ports/datasets.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import type { JobStep } from '../adapters/duckdb/index.js';
import { type AssembledDataset, assembleDataset } from './assemble-dataset.js';
import { datasetColumns } from './dataset-columns.js';
import type { WorkOptions } from './deps.js';
import { digestOf } from './digest.js';
import { countDataset, type DatasetCounts } from './judge-dataset.js';
import type { PreparedExamples } from './prepare-examples.js';
import { makeVectorsSteps, readVectorsSteps } from './vector-steps.js';

/** A dataset on this machine, before anybody judged it. */
export interface ComputedDataset extends AssembledDataset {
  readonly columns: readonly ShapedColumn[];
  readonly counts: DatasetCounts;
  readonly statistics: readonly ColumnStatistics[];
  /** Digest of canonical rows and schema, with the split of each row. */
  readonly digest: string;
  /** The vectors that were made here, by view. */
  readonly made: Readonly<Record<string, string>>;
}

/** Joins prepared examples with the views' features. `stored` names files with vectors that need not be made again, by view. */
export async function computeDataset(
  launcher: Launcher,
  definition: DatasetDefinition,
  prepared: PreparedExamples,
  stored: Readonly<Record<string, string>>,
  options: WorkOptions,
): Promise<ComputedDataset> {
  const columns = datasetColumns(definition, prepared);
  const folder = join(options.workDir, 'vectors');
  await mkdir(folder, { recursive: true });
  const made: Record<string, string> = {};
  const { key, predictAt } = definition.dataset;
  const vectorSteps = definition.views.flatMap((view): JobStep[] => {
    const { name } = view.config;
    const from = stored[name];
    if (from !== undefined) return readVectorsSteps(view, from);
    const to = join(folder, `${name}.parquet`);
    made[name] = to;
    return makeVectorsSteps(view, { key, predictAt }, to);
  });
  const assembled = await assembleDataset(
    launcher,
    { definition, database: prepared.database, columns, vectorSteps },
    options,
  );
  const { results } = assembled;
  const rows = results['digest']?.[0] ?? {};
  const withSplit: ShapedColumn[] = [{ name: judgedColumns.split, type: 'string' }, ...columns];
  return {
    ...assembled,
    columns,
    made,
    counts: countDataset(results, prepared.tableRows),
    statistics: readStatistics(columns, results['statistics']?.[0] ?? {}),
    digest: digestOf(
      digestSubject(withSplit, { rows: Number(rows['rows']), digest: String(rows['digest']) }),
    ),
  };
}
