import { categoryBins, countCategories } from '../../drift/category-bins.js';
import { empiricalDistribution } from '../../drift/empirical.js';
import { type ColumnValues, lookAt } from '../column-values.js';
import { learnThreshold } from '../learned-threshold.js';
import { columnDistance } from './column-distance.js';
import type { ColumnProfile, ReferenceProfile } from './reference-profile.js';

export interface ProfileInput {
  /** Inputs of the model over the reference rows, by name. */
  readonly columns: Readonly<Record<string, ColumnValues>>;
  /** Rows of each whole window of the reference; empty where its rows have no time. */
  readonly windows: readonly Int32Array[];
  /** Scores of the test rows; null for a model without any. */
  readonly scores: Float64Array | null;
  /** A distance below this does not matter. */
  readonly floor: number;
}

/**
 * Freezes a reference: each column's distribution, and as its limit the largest distance that one of the reference's own
 * windows has from the whole.
 */
export function makeProfile({ columns, windows, scores, floor }: ProfileInput): ReferenceProfile {
  const profiles = Object.entries(columns).flatMap(([name, column]) => {
    const profile = profileColumn(column, windows, floor);
    return profile ? [[name, profile] as const] : [];
  });
  const rows = Object.values(columns)[0]?.values.length ?? 0;
  return {
    format: 1,
    rows,
    columns: Object.fromEntries(profiles),
    scores: scores && (profileColumn({ kind: 'numeric', values: scores }, [], floor) ?? null),
    windows: windows.length,
  };
}

/** Undefined for a column without any value. */
function profileColumn(
  column: ColumnValues,
  windows: readonly Int32Array[],
  floor: number,
): ColumnProfile | undefined {
  const look = lookAt({ column, unreadable: 0 }, {});
  if (look.nulls === look.rows) return undefined;
  const frozen = freeze(column);
  const distances = windows.flatMap((rows) => {
    const distance = columnDistance(frozen, taken(column, rows));
    return distance.kind === 'distance' ? [distance.value] : [];
  });
  return { ...frozen, look, threshold: learnThreshold(distances, floor) };
}

function freeze({ kind, values }: ColumnValues) {
  if (kind === 'numeric') return { kind, distribution: empiricalDistribution(values) };
  const bins = categoryBins(values) ?? { categories: [], rare: [] };
  return { kind, bins, counts: [...countCategories(bins, values)] };
}

function taken({ kind, values }: ColumnValues, rows: Int32Array): ColumnValues {
  return kind === 'numeric'
    ? { kind, values: Float64Array.from(rows, (row) => values[row] ?? Number.NaN) }
    : { kind, values: Array.from(rows, (row) => values[row] ?? null) };
}
