/**
 * The lower triangle L with `L L' = matrix`.
 *
 * @param matrix row-major, `width` numbers a row, symmetric
 * @returns row-major, zeros above the diagonal; undefined where the matrix is not positive definite
 * Source: Golub and Van Loan, "Matrix Computations" (2013), algorithm 4.2.1.
 * @example cholesky(Float64Array.of(4, 2, 2, 5), 2) // [2, 0, 1, 2]
 */
export function cholesky(matrix: Float64Array, width: number): Float64Array | undefined {
  const lower = new Float64Array(width * width);
  for (let row = 0; row < width; row++)
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * width + column] ?? 0;
      for (let at = 0; at < column; at++)
        rest -= (lower[row * width + at] ?? 0) * (lower[column * width + at] ?? 0);
      if (row === column) {
        if (!(rest > 0)) return undefined;
        lower[row * width + row] = Math.sqrt(rest);
      } else lower[row * width + column] = rest / (lower[column * width + column] ?? 1);
    }
  return lower;
}

/**
 * `|L^-1 x|^2`, which is `x' (L L')^-1 x`.
 *
 * @param lower of {@link cholesky}
 * @param scratch as long as `vector`; overwritten
 */
export function squaredLength(
  lower: ArrayLike<number>,
  vector: ArrayLike<number>,
  scratch: Float64Array,
): number {
  const width = vector.length;
  let squared = 0;
  for (let row = 0; row < width; row++) {
    let rest = vector[row] ?? 0;
    for (let at = 0; at < row; at++) rest -= (lower[row * width + at] ?? 0) * (scratch[at] ?? 0);
    const value = rest / (lower[row * width + row] ?? 1);
    scratch[row] = value;
    squared += value * value;
  }
  return squared;
}
