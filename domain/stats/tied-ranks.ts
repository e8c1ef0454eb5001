import { sortOrder } from './sort-order.js';

/**
 * Ranks from 1, ascending; equal values share the mean of the ranks they fill.
 *
 * @param values finite numbers in any order
 * @returns one rank a value, in the order of `values`; their sum is n(n + 1)/2
 * @example tiedRanks([10, 20, 10]) // Float64Array [1.5, 3, 1.5]
 */
export function tiedRanks(values: ArrayLike<number>): Float64Array {
  const order = sortOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
