import { chiSquareQuantile } from '../drift/chi-square.js';
import { type UndefinedMetric, undefinedMetric } from '../metrics/metric-value.js';
import { cholesky, squaredLength } from '../stats/cholesky.js';
import { shrunkCovariance } from '../stats/covariance.js';
import { robustScale } from './robust-scale.js';
import { columnsNamed, rowCount } from './row-count.js';

/** Where the rows of a reference lie and how they spread together. JSON-safe. */
export interface MahalanobisModel {
  readonly kind: 'mahalanobis';
  /** Columns it looks at, in the order of a row; those that never vary in the reference are not among them. */
  readonly columns: readonly string[];
  /** Columns of the reference that it does not look at: a constant has no distance. */
  readonly constant: readonly string[];
  /** The medians: a robust centre, so that outliers in the reference do not move it. */
  readonly centre: readonly number[];
  /** Units in which a column is measured: its standard deviation after it was clipped. */
  readonly scale: readonly number[];
  /** Lower triangle of the covariance in these units, row-major. */
  readonly lower: readonly number[];
  /** 0 (none) to 1 (only the diagonal is left): how far the covariance was shrunk. */
  readonly shrinkage: number;
  /** A squared distance above it is an outlier: the .999 quantile of chi-square, a degree for each column. */
  readonly cutoff: number;
  /** Rows of the reference. */
  readonly n: number;
}

const expectedInliers = 0.999;

/** So that an infinite value has a distance that is still a number. */
const furthest = 1e6;

/**
 * Fits a centre and a covariance: medians, and Ledoit and Wolf's shrunk covariance of values that are clipped at 5
 * robust deviations (1.4826 times the median absolute deviation; columns where that is 0 are not clipped). Null is
 * the median, infinities are clipped.
 *
 * @param reference numeric columns of equal length, NaN for null
 * @returns a reason with as many columns as rows or more, or where no column varies
 * @throws RangeError where columns differ in length
 * Source: Mahalanobis (1936); Rousseeuw and van Zomeren, JASA 1990, for the cut-off.
 */
export function fitMahalanobis(
  reference: Readonly<Record<string, Float64Array>>,
): MahalanobisModel | UndefinedMetric {
  const n = rowCount(reference);
  const scaled = Object.entries(reference).map(([name, values]) => ({ name, ...robustScale(values) }));
  const varying = scaled.filter(({ std }) => std > 0);
  const width = varying.length;
  if (width === 0) return undefinedMetric('no column of the reference varies');
  if (width >= n) return undefinedMetric(`${width} columns need more rows than that, the reference has ${n}`);
  const centred = new Float64Array(n * width);
  varying.forEach(({ clipped, mean, std }, column) => {
    for (let row = 0; row < n; row++) centred[row * width + column] = ((clipped[row] ?? 0) - mean) / std;
  });
  const { covariance, shrinkage } = shrunkCovariance(centred, width);
  const lower = cholesky(covariance, width);
  if (!lower) return undefinedMetric('the covariance of the reference cannot be inverted');
  return {
    kind: 'mahalanobis',
    columns: varying.map(({ name }) => name),
    constant: scaled.filter(({ std }) => std === 0).map(({ name }) => name),
    centre: varying.map(({ median }) => median),
    scale: varying.map(({ std }) => std),
    lower: Array.from(lower),
    shrinkage,
    cutoff: chiSquareQuantile(expectedInliers, width),
    n,
  };
}

/**
 * The squared distance `(x - c)' S^-1 (x - c)` of each row; chi-square with a degree a column where the reference is
 * normal. Null counts as the centre, so a row of nulls only has distance 0; infinities lie a million deviations out.
 *
 * @param rows by column, at least those of the model, NaN for null
 * @returns one finite number a row, to be compared with `cutoff`
 * @throws RangeError where a column of the model is missing, or columns differ in length
 */
export function mahalanobisSquares(
  model: MahalanobisModel,
  rows: Readonly<Record<string, Float64Array>>,
): Float64Array {
  const columns = columnsNamed(rows, model.columns);
  const vector = new Float64Array(columns.length);
  const scratch = new Float64Array(columns.length);
  const lower = Float64Array.from(model.lower);
  const squares = new Float64Array(columns[0]?.length ?? 0);
  for (let row = 0; row < squares.length; row++) {
    for (let at = 0; at < columns.length; at++) {
      const value = columns[at]?.[row] ?? Number.NaN;
      const steps = Number.isNaN(value) ? 0 : (value - (model.centre[at] ?? 0)) / (model.scale[at] ?? 1);
      vector[at] = Math.max(-furthest, Math.min(furthest, steps));
    }
    squares[row] = squaredLength(lower, vector, scratch);
  }
  return squares;
}
