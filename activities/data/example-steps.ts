import type { DatasetDefinition, ViewDefinition } from '../../domain/features/dataset-definition.js';
import {
  exampleNeeds,
  numberExamplesSql,
  quarantineExamplesSql,
  rankExamplesSql,
} from '../../domain/features/examples-sql.js';
import { lookupDuplicatesSql } from '../../domain/features/lookup-view.js';
import { sqlName } from '../../domain/features/quote.js';
import { positionColumn, relations } from '../../domain/features/relations.js';
import { viewNeeds } from '../../domain/features/view-needs.js';
import type { JobResults, JobStep } from '../adapters/duckdb/index.js';
import { digestOf } from './digest.js';

/** Name of the result with the columns of the examples. */
export const exampleColumns = 'columns:examples';
/** Name of the result with the columns of a view's `select`. */
export const sourceColumns = (view: string) => `columns:${view}`;
/** Name of the result with the digest of some columns of the examples. */
const columnsDigest = (columns: readonly string[]) => `digest:${columns.join(',')}`;

/** The examples SQL as it stands, over the cleaned tables, with the types of the platform. */
export function rawExampleSteps({ dataset, examplesSql }: DatasetDefinition): JobStep[] {
  return [
    {
      do: 'view',
      view: relations.rawExamples,
      sql: examplesSql,
      file: dataset.examples,
      tables: dataset.tables.map(sqlName),
    },
  ];
}

/** Every example that has a key of its own and a prediction time, in order; the others go to the quarantine. */
export function exampleSteps(definition: DatasetDefinition): JobStep[] {
  const { dataset } = definition;
  return [
    ...rawExampleSteps(definition),
    {
      do: 'shape',
      say: 'making the examples',
      name: exampleColumns,
      from: relations.rawExamples,
      to: relations.shapedExamples,
      as: 'table',
      file: dataset.examples,
      needs: exampleNeeds(dataset),
    },
    { do: 'run', sql: rankExamplesSql(dataset) },
    { do: 'run', sql: `drop table ${relations.shapedExamples}` },
    { do: 'run', sql: quarantineExamplesSql(dataset) },
    { do: 'run', sql: numberExamplesSql(dataset) },
    { do: 'run', sql: `drop table ${relations.rankedExamples}` },
  ];
}

/** The `select` of a view with the types of the platform. */
export function sourceSteps({ config, file }: ViewDefinition, as: 'table' | 'view'): JobStep[] {
  const source = relations.source(config.name);
  const shape: JobStep[] = [
    {
      do: 'view',
      view: relations.rawSource(config.name),
      sql: config.select,
      file,
      tables: config.tables.map(sqlName),
    },
    {
      do: 'shape',
      say: `reading the rows of ${config.name}`,
      name: sourceColumns(config.name),
      from: relations.rawSource(config.name),
      to: source,
      as,
      file,
      needs: viewNeeds(config, relations.examples),
    },
  ];
  if (config.kind !== 'lookup') return shape;
  const message = `${file}: a lookup has one row an entity, some have more`;
  return [...shape, { do: 'refuse', sql: lookupDuplicatesSql(config, source), code: 'DATASET_SQL', message }];
}

/** Prediction times and keys in their order: what all views see of the examples. */
function sharedColumns({ dataset }: DatasetDefinition): string[] {
  return [...(dataset.predictAt === undefined ? [] : [dataset.predictAt]), ...dataset.key];
}

function entityColumns({ config }: ViewDefinition): string[] {
  return [...config.entity].sort();
}

/** Steps that take the digests of which a spine's is made, each once. */
export function spineSteps(definition: DatasetDefinition): JobStep[] {
  if (definition.views.length === 0) return [];
  const lists = [sharedColumns(definition), ...definition.views.map(entityColumns)];
  const unique = new Map(lists.map((columns) => [columnsDigest(columns), columns]));
  return [...unique].map(([name, columns]) => ({
    do: 'digest',
    name,
    relation: relations.examples,
    columns,
    by: positionColumn,
  }));
}

/** The digest of the examples as a view sees them: prediction times, keys and entities in their order. */
export function readSpine(results: JobResults, view: ViewDefinition, definition: DatasetDefinition): string {
  const taken = (columns: readonly string[]) => String(results[columnsDigest(columns)]?.[0]?.['digest']);
  return digestOf([taken(sharedColumns(definition)), taken(entityColumns(view))]);
}
