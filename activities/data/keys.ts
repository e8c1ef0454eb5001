import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import type { DatasetDefinition, TableDefinition } from '../../domain/features/dataset-definition.js';
import { digestOf } from './digest.js';

/** Changes when the same definition and sources would give other rows. */
const engine = 'ratchet-data-1';

/** Fingerprint of each table's source, by table name. */
export type Fingerprints = Readonly<Record<string, string>>;

/** Digest of a text from Git: a file of SQL. */
export function textDigest(text: string): string {
  return digestOf(text);
}

function tableDigest({ config, query }: TableDefinition): string {
  const { description: _, ...deciding } = config;
  return digestOf({ config: deciding, query });
}

/** Digest of a feature view and of the tables it reads. A description decides nothing. */
export function viewDigest(view: FeatureViewConfig, tables: readonly TableDefinition[]): string {
  const { description: _, ...deciding } = view;
  const read = tables.filter(({ config }) => view.tables.includes(config.name));
  return digestOf({ engine, view: deciding, tables: read.map(tableDigest).sort() });
}

/** Digest of everything that decides a dataset's rows and its checks. */
export function datasetKey(definition: DatasetDefinition, fingerprints: Fingerprints): string {
  return digestOf({
    engine,
    dataset: definition.dataset,
    examples: definition.examplesSql,
    tables: Object.fromEntries(definition.tables.map((table) => [table.config.name, tableDigest(table)])),
    views: definition.views.map(({ config }) => viewDigest(config, definition.tables)),
    fingerprints,
  });
}

/** One text for the state of all sources together. */
export function fingerprintOf(fingerprints: Fingerprints): string {
  return digestOf(fingerprints);
}

/** Key of a view's vectors: the project, the view, what its tables held, and the examples they are for. */
export function vectorsKey(
  view: { readonly project: string; readonly digest: string; readonly tables: readonly string[] },
  fingerprints: Fingerprints,
  spineDigest: string,
): string {
  const read = Object.fromEntries(view.tables.map((table) => [table, fingerprints[table] ?? '']));
  return digestOf({ project: view.project, view: view.digest, fingerprints: read, spine: spineDigest });
}
