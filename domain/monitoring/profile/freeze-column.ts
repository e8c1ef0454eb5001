import { categoryBins, countCategories } from '../../drift/category-bins.js';
import { empiricalOfSorted } from '../../drift/empirical.js';
import { sortedNumbers } from '../../stats/sorted-numbers.js';
import { type ColumnValues, lookAt, lookAtSorted } from '../column-values.js';

/** A column's distribution, to which later values are compared, and what is to be seen of it. */
export function freezeColumn({ kind, values }: ColumnValues) {
  if (kind === 'numeric') {
    const sorted = sortedNumbers(values);
    return { kind, distribution: empiricalOfSorted(sorted), look: lookAtSorted(sorted) };
  }
  const look = lookAt({ column: { kind, values }, unreadable: 0 }, {});
  const bins = categoryBins(values) ?? { categories: [], rare: [] };
  return { kind, bins, counts: [...countCategories(bins, values)], look };
}
