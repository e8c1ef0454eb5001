import { categoryBins, countCategories } from '../../drift/category-bins.js';
import { empiricalDistribution } from '../../drift/empirical.js';
import type { ColumnValues } from '../column-values.js';

/** A column's distribution, to which later values are compared. */
export function freezeColumn({ kind, values }: ColumnValues) {
  if (kind === 'numeric') return { kind, distribution: empiricalDistribution(values) };
  const bins = categoryBins(values) ?? { categories: [], rare: [] };
  return { kind, bins, counts: [...countCategories(bins, values)] };
}
