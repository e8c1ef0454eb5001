/**
 * The quantile of ascending values at `share`, by linear interpolation between order statistics (type 7 of Hyndman
 * and Fan, 1996; the default of numpy and R).
 *
 * @param ascending at least one finite number, sorted ascending
 * @param share 0 (the least) to 1 (the largest)
 * @returns a number between the least and the largest value
 * @throws RangeError when there is no value or `share` is outside 0..1
 * @example quantileOfSorted([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantileOfSorted(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) throw new RangeError('a quantile needs at least one value, came none');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share must be within 0..1, came ${share}`);
  const position = (ascending.length - 1) * share;
  const below = Math.floor(position);
  const low = ascending[below] ?? 0;
  const high = ascending[below + 1] ?? low;
  return low + (high - low) * (position - below);
}

/**
 * The quantiles of values in any order at each of `shares`; see {@link quantileOfSorted} for the definition.
 *
 * @throws RangeError as {@link quantileOfSorted}
 * @example quantiles([4, 1, 3, 2], [0, 0.5, 1]) // [1, 2.5, 4]
 */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const ascending = Float64Array.from(values).sort();
  return shares.map((share) => quantileOfSorted(ascending, share));
}
