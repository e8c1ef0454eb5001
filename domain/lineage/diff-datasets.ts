import type { ColumnStatistics, DatasetManifest } from '../ports/datasets.js';

type Value = string | number | null;

/** One fact that differs between two versions. Null stands for a thing that only the other version has. */
export interface DatasetChange {
  /** In words: `rows: train`, `column temp: mean`, `table weather: fingerprint`, `feature view route: version`. */
  readonly what: string;
  readonly from: Value;
  readonly to: Value;
}

type Facts = Readonly<Record<string, Value>>;

const statistics = ['type', 'nulls', 'distinct', 'min', 'max', 'mean', 'deviation'] as const;

/** What differs between two manifests: digest, rows, columns and their statistics, sources, SQL, features, rows set aside. */
export function diffDatasets(from: DatasetManifest, to: DatasetManifest): readonly DatasetChange[] {
  const before = factsOf(from);
  const after = factsOf(to);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((what) => {
    const change = { what, from: before[what] ?? null, to: after[what] ?? null };
    return change.from === change.to ? [] : [change];
  });
}

function factsOf(manifest: DatasetManifest): Facts {
  const { digest, rows, columns, sources, sql, features, quarantined } = manifest;
  return Object.fromEntries<Value>([
    ['digest', digest],
    ...Object.entries(rows).map(([split, count]) => [`rows: ${split}`, count] as const),
    ...columns.flatMap(columnFacts),
    ...sources.flatMap(({ table, source, fingerprint, rows: count }) => [
      [`table ${table}: source`, source] as const,
      [`table ${table}: fingerprint`, fingerprint] as const,
      [`table ${table}: rows`, count] as const,
    ]),
    ...Object.entries(sql).map(([file, text]) => [`SQL ${file}`, text] as const),
    ...features.flatMap(({ name, version, digest: definition }) => [
      [`feature view ${name}: version`, version] as const,
      [`feature view ${name}: definition`, definition] as const,
    ]),
    ...quarantined.map(({ table, rows: count }) => [`rows set aside: ${table}`, count] as const),
  ]);
}

function columnFacts(column: ColumnStatistics): (readonly [string, Value])[] {
  return statistics.map((statistic) => [`column ${column.name}: ${statistic}`, column[statistic]]);
}
