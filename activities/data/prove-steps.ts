import { bruteForceSql } from '../../domain/features/brute-force.js';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import { featureNames } from '../../domain/features/dataset-definition.js';
import { exampleNeeds } from '../../domain/features/examples-sql.js';
import { hasKnowledge, knownTableSql } from '../../domain/features/known-table.js';
import {
  comparedOnlySql,
  compareSql,
  cutSql,
  cutsSql,
  openFindingsSql,
  rebuiltExamplesSql,
  rebuiltRowsSql,
  rowsBeforeCutSql,
  sampledRowsSql,
  storedRowsSql,
} from '../../domain/features/prove-sql.js';
import { relations } from '../../domain/features/relations.js';
import { viewSql } from '../../domain/features/view-sql.js';
import type { JobStep } from '../adapters/duckdb/index.js';
import { rawExampleSteps, sourceSteps } from './example-steps.js';
import type { Snapshots } from './fetch-snapshots.js';
import { openingSteps, stageSteps } from './table-steps.js';

/** Name of the comparison that is no cut. */
export const bruteForceName = 'brute force';
export const cutName = (cut: number) => `cut ${cut + 1}`;

/** A stored dataset and what it was made from, on this machine. */
export interface ProofInput {
  readonly definition: DatasetDefinition;
  readonly snapshots: Snapshots;
  /** The files of all splits. */
  readonly files: readonly string[];
  /** Columns of the dataset. */
  readonly columns: readonly ShapedColumn[];
}

/** Columns that must be known at the prediction time. */
export function earlyColumns({
  definition: { dataset },
  columns,
}: Pick<ProofInput, 'definition' | 'columns'>): ShapedColumn[] {
  const later = new Set([dataset.label, dataset.labelKnownAt, ...dataset.outcomes]);
  return columns.filter(({ name }) => !later.has(name));
}

/** Steps that build the rows before each cut from what was known then, and sampled features by brute force, and compare. */
export function proofSteps(input: ProofInput, cuts: number): JobStep[] {
  const { definition, snapshots, files } = input;
  const { dataset, tables } = definition;
  const { predictAt } = dataset;
  const uncut = tables.filter(({ config }) => !hasKnowledge(config));
  return [
    ...openingSteps,
    ...tables.flatMap((table) => stageSteps(table, snapshots)),
    { do: 'run', sql: storedRowsSql(dataset, files) },
    { do: 'run', sql: openFindingsSql() },
    ...uncut.map(({ config }): JobStep => ({ do: 'run', sql: knownTableSql(config, null) })),
    ...(predictAt === undefined || cuts === 0
      ? []
      : [
          { do: 'run', sql: cutsSql(predictAt, cuts) } as const,
          ...Array.from({ length: cuts }, (_, cut) => cutSteps(input, predictAt, cut)).flat(),
          {
            do: 'rows',
            name: 'cuts',
            sql: `select cut, cast(instant as varchar) as instant from ${relations.cuts} order by cut`,
          } as const,
        ]),
    ...bruteForceSteps(input),
    { do: 'rows', name: 'findings', sql: `select * from ${relations.findings}` },
  ];
}

function cutSteps(input: ProofInput, predictAt: string, cut: number): JobStep[] {
  const { definition } = input;
  const { dataset, tables, views } = definition;
  const early = earlyColumns(input);
  const keyed = { key: dataset.key, predictAt };
  return [
    {
      do: 'run',
      say: `building again from what was known, ${cutName(cut)}`,
      sql: rowsBeforeCutSql(keyed, cut, dataset.recompute.rows),
    },
    ...tables
      .filter(({ config }) => hasKnowledge(config))
      .map(({ config, file }): JobStep => ({ do: 'run', sql: knownTableSql(config, cutSql(cut)), file })),
    ...rawExampleSteps(definition),
    {
      do: 'shape',
      name: `columns:${cut}`,
      from: relations.rawExamples,
      to: relations.shapedExamples,
      as: 'table',
      file: dataset.examples,
      needs: exampleNeeds(dataset),
      where: comparedOnlySql(keyed),
    },
    { do: 'run', sql: rebuiltExamplesSql(keyed) },
    ...views.flatMap((view): JobStep[] => {
      const { name } = view.config;
      const spine = { spine: relations.examples, source: relations.source(name), predictAt };
      const sql = `create or replace table ${relations.vectors(name)} as ${viewSql(view.config, spine)}`;
      return [...sourceSteps(view, 'view'), { do: 'run', sql, file: view.file }];
    }),
    {
      do: 'run',
      sql: rebuiltRowsSql(
        early,
        views.map(({ config }) => config.name),
      ),
    },
    { do: 'run', sql: compareSql(cutName(cut), dataset.key, early, relations.rebuilt) },
  ];
}

function bruteForceSteps({ definition, columns }: ProofInput): JobStep[] {
  const { dataset, tables, views } = definition;
  if (views.length === 0) return [];
  return [
    {
      do: 'run',
      say: 'computing sampled features by brute force',
      sql: sampledRowsSql(dataset, dataset.recompute.rows),
    },
    ...tables
      .filter(({ config }) => hasKnowledge(config))
      .map(({ config }): JobStep => ({ do: 'run', sql: knownTableSql(config, null) })),
    { do: 'run', sql: `create or replace table ${relations.examples} as from ${relations.compared}` },
    ...views.flatMap((view): JobStep[] => {
      const { name } = view.config;
      const target = relations.bruteForce(name);
      const own = new Set(featureNames(view.config));
      const spine = {
        spine: relations.examples,
        source: relations.source(name),
        predictAt: dataset.predictAt,
      };
      const sql = `create or replace table ${target} as ${bruteForceSql(view.config, spine)}`;
      const features = columns.filter((column) => own.has(column.name));
      return [
        { do: 'run', sql: `drop view if exists ${relations.source(name)}` },
        ...sourceSteps(view, 'table'),
        { do: 'run', sql, file: view.file },
        { do: 'run', sql: compareSql(bruteForceName, dataset.key, features, target) },
      ];
    }),
  ];
}
