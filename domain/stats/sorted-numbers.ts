/** A numeric column in order, with what is no number of it counted apart. */
export interface SortedNumbers {
  /** The finite values, ascending. */
  readonly values: Float64Array;
  /** The same with the infinities at their ends. */
  readonly withInfinite: Float64Array;
  /** Rows without a value (NaN). */
  readonly nulls: number;
  /** Rows with minus or plus infinity. */
  readonly infinite: number;
}

/**
 * Sorts a column once, for everything that walks an empirical distribution. The argument stays as it is.
 *
 * @param column NaN stands for null
 * @example sortedNumbers(Float64Array.of(2, NaN, 1, Infinity)) // values [1, 2], nulls 1, infinite 1
 */
export function sortedNumbers(column: ArrayLike<number>): SortedNumbers {
  const all = Float64Array.from(column).sort();
  // A typed array sorts minus infinity first and NaN after plus infinity.
  let first = 0;
  while (all[first] === Number.NEGATIVE_INFINITY) first++;
  let numbers = all.length;
  while (numbers > 0 && Number.isNaN(all[numbers - 1])) numbers--;
  let last = numbers;
  while (last > first && all[last - 1] === Number.POSITIVE_INFINITY) last--;
  return {
    values: all.subarray(first, last),
    withInfinite: all.subarray(0, numbers),
    nulls: all.length - numbers,
    infinite: first + numbers - last,
  };
}
