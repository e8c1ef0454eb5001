import { quantileOfSorted } from '../../stats/quantile.js';
import type { StandardisedRows } from './standardised-rows.js';

/** How alike any two rows are. */
export interface MedianKernel {
  /** `exp(-|x - y|^2 / (2 w^2))`, row-major, zeros on the diagonal. */
  readonly kernel: Float64Array;
  /** w, the median distance of two rows; 0 where more than half of the pairs are equal, and the kernel is empty. */
  readonly bandwidth: number;
}

/** The Gaussian kernel with the median heuristic; memory and cost are quadratic in `rows`. */
export function kernelOf({ points, width }: StandardisedRows, rows: number): MedianKernel {
  const kernel = new Float64Array(rows * rows);
  const squares = new Float64Array((rows * (rows - 1)) / 2);
  let pair = 0;
  for (let row = 1; row < rows; row++)
    for (let other = 0; other < row; other++) {
      let squared = 0;
      for (let column = 0; column < width; column++) {
        const gap = (points[row * width + column] ?? 0) - (points[other * width + column] ?? 0);
        squared += gap * gap;
      }
      squares[pair++] = squared;
    }
  const median = quantileOfSorted(squares.slice().sort(), 0.5);
  if (median === 0) return { kernel, bandwidth: 0 };
  pair = 0;
  for (let row = 1; row < rows; row++)
    for (let other = 0; other < row; other++) {
      const similarity = Math.exp(-(squares[pair++] ?? 0) / (2 * median));
      kernel[row * rows + other] = similarity;
      kernel[other * rows + row] = similarity;
    }
  return { kernel, bandwidth: Math.sqrt(median) };
}
