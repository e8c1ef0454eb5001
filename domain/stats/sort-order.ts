/**
 * The indices of `values` in ascending order of their value; equal values stay in the order they came.
 *
 * @param values finite numbers
 * @example sortOrder([3, 1, 2]) // Uint32Array [1, 2, 0]
 */
export function sortOrder(values: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  return order.sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0) || left - right);
}
