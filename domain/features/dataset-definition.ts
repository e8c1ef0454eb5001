import type { DatasetConfig } from '../config/dataset.js';
import type { FeatureViewConfig } from '../config/feature-view.js';
import type { SourceConfig } from '../config/project.js';
import type { TableConfig } from '../config/table.js';

/** A table with what it is read from. */
export interface TableDefinition {
  readonly file: string;
  readonly config: TableConfig;
  readonly source: SourceConfig;
  /** Text of the query file; null for sources of files. */
  readonly query: string | null;
}

/** A feature view with the file it stands in. */
export interface ViewDefinition {
  readonly file: string;
  readonly config: FeatureViewConfig;
}

/** Everything in Git that decides a dataset's rows, as JSON: configuration and SQL of one model at one commit. */
export interface DatasetDefinition {
  readonly project: string;
  readonly model: string;
  /** The file that holds `dataset`. */
  readonly file: string;
  readonly dataset: DatasetConfig;
  readonly examplesSql: string;
  /** Every table that the dataset or one of its views reads, by name. */
  readonly tables: readonly TableDefinition[];
  /** In the order of `dataset.features`. */
  readonly views: readonly ViewDefinition[];
}

/** Names of the features a view gives. */
export function featureNames(view: FeatureViewConfig): readonly string[] {
  return Object.keys(view.columns);
}
