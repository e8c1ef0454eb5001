import { type CategoryBins, countCategories } from '../../drift/category-bins.js';
import { chiSquareTest } from '../../drift/chi-square.js';
import { compareWithEmpirical } from '../../drift/empirical-distance.js';
import { poolCells } from '../../drift/pool-cells.js';
import { tooFewRows } from '../../drift/sample-rules.js';
import type { ColumnValues } from '../column-values.js';
import type { ColumnProfile } from './reference-profile.js';

/** How far values lie from their reference, 0..1, or why that cannot be told. */
export type ColumnDistance =
  | { readonly kind: 'distance'; readonly value: number; readonly pValue: number }
  | { readonly kind: 'untold'; readonly reason: string };

/** What a column is compared with. */
export type Frozen =
  | Pick<Extract<ColumnProfile, { kind: 'numeric' }>, 'kind' | 'distribution'>
  | Pick<Extract<ColumnProfile, { kind: 'categorical' }>, 'kind' | 'bins' | 'counts'>;

/** KS of numbers, Cramer's V of text (nulls are a category there). Too few rows are told as such, never as no distance. */
export function columnDistance(reference: Frozen, { kind, values }: ColumnValues): ColumnDistance {
  if (reference.kind === 'numeric' && kind === 'numeric') {
    const { distance, m } = compareWithEmpirical(reference.distribution, values);
    const few = tooFewRows(reference.distribution.n, m);
    if (few !== undefined || distance === undefined)
      return { kind: 'untold', reason: few ?? 'there are no values' };
    return { kind: 'distance', value: distance.ks, pValue: distance.pValue };
  }
  if (reference.kind === 'categorical' && kind === 'categorical')
    return categoricalDistance(reference, values);
  return { kind: 'untold', reason: `the reference is ${reference.kind}, and what came is ${kind}` };
}

function categoricalDistance(
  { bins, counts }: { readonly bins: CategoryBins; readonly counts: readonly number[] },
  values: readonly (string | null)[],
): ColumnDistance {
  const before = Float64Array.from(counts);
  const few = tooFewRows(
    before.reduce((sum, count) => sum + count, 0),
    values.length,
  );
  if (few !== undefined) return { kind: 'untold', reason: few };
  const { reference, current } = poolCells(before, countCategories(bins, values));
  // A single category on both sides is equal on both sides.
  const { effect, pValue } = chiSquareTest([reference, current]) ?? { effect: 0, pValue: 1 };
  return { kind: 'distance', value: effect, pValue };
}
