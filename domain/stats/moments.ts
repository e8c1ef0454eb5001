/** Mean and standard deviation of a sample; the deviation divides by n (ddof 0). */
export interface Moments {
  readonly mean: number;
  readonly std: number;
}

/** Squares of larger numbers, and sums of many of them, do not fit a double. */
const largestAsTheyAre = 1e140;

/**
 * Mean and standard deviation in two passes, so that a large mean costs no digits.
 *
 * @param values finite numbers
 * @returns finite numbers, zeros for no value; a constant has a deviation of exactly 0
 * @example momentsOf([1, 3]) // { mean: 2, std: 1 }
 */
export function momentsOf(values: ArrayLike<number>): Moments {
  const n = values.length;
  if (n === 0) return { mean: 0, std: 0 };
  let largest = 0;
  for (let row = 0; row < n; row++) largest = Math.max(largest, Math.abs(values[row] ?? 0));
  const scale = largest > largestAsTheyAre ? largest : 1;
  const first = (values[0] ?? 0) / scale;
  let sum = 0;
  for (let row = 0; row < n; row++) sum += (values[row] ?? 0) / scale - first;
  const mean = first + sum / n;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const gap = (values[row] ?? 0) / scale - mean;
    squares += gap * gap;
  }
  return { mean: mean * scale, std: Math.sqrt(squares / n) * scale };
}
