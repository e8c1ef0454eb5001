/** Categories of a reference, frozen: what came later and is none of them counts as unseen. JSON-safe. */
export interface CategoryBins {
  /** The most frequent ones, most frequent first. */
  readonly categories: readonly string[];
  /** The others; they share one bin. */
  readonly rare: readonly string[];
}

/** A column with more categories has its rare ones in one bin. */
const mostCategories = 50;

/** @returns undefined where the reference holds nothing but nulls */
export function categoryBins(reference: readonly (string | null)[]): CategoryBins | undefined {
  const counts = new Map<string, number>();
  for (const value of reference) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const names = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name);
  return { categories: names.slice(0, mostCategories), rare: names.slice(mostCategories) };
}

/** Counts by bin, in the order of the categories, then rare, unseen, null. */
export function countCategories(bins: CategoryBins, values: readonly (string | null)[]): Float64Array {
  const { categories, rare } = bins;
  const place = new Map(categories.map((name, at) => [name, at]));
  for (const name of rare) place.set(name, categories.length);
  const counts = new Float64Array(categories.length + 3);
  for (const value of values) {
    const bin = value === null ? counts.length - 1 : (place.get(value) ?? categories.length + 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
