/**
 * The covariance matrix of centred rows, dividing by n, shrunk towards a multiple of the identity by as much as the
 * sample is too small for it: `(1 - s) S + s mu I`, `mu = trace(S) / d`,
 * `s = min(1, (sum |x|^4 / n - |S|^2) / n / |S - mu I|^2)`.
 *
 * @param centred row-major, `width` finite numbers a row, the mean of each column subtracted
 * @returns row-major and symmetric; zeros for no row
 * Source: Ledoit and Wolf, Journal of Multivariate Analysis 2004. Cost O(rows x width^2).
 */
export function shrunkCovariance(
  centred: Float64Array,
  width: number,
): { readonly covariance: Float64Array; readonly shrinkage: number } {
  const rows = width === 0 ? 0 : centred.length / width;
  const covariance = new Float64Array(width * width);
  if (rows === 0) return { covariance, shrinkage: 0 };
  let fourth = 0;
  for (let from = 0; from < centred.length; from += width) {
    let squared = 0;
    for (let i = 0; i < width; i++) {
      const value = centred[from + i] ?? 0;
      squared += value * value;
      for (let j = 0; j <= i; j++)
        covariance[i * width + j] = (covariance[i * width + j] ?? 0) + value * (centred[from + j] ?? 0);
    }
    fourth += squared * squared;
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const value = (covariance[i * width + j] ?? 0) / rows;
      covariance[i * width + j] = value;
      covariance[j * width + i] = value;
    }
  const shrinkage = shrinkageOf(covariance, width, fourth / rows, rows);
  const target = traceOf(covariance, width) / width;
  covariance.forEach((value, at) => {
    covariance[at] = (1 - shrinkage) * value + (isDiagonal(at, width) ? shrinkage * target : 0);
  });
  return { covariance, shrinkage };
}

function shrinkageOf(covariance: Float64Array, width: number, fourth: number, rows: number): number {
  const target = traceOf(covariance, width) / width;
  let norm = 0;
  let distance = 0;
  covariance.forEach((value, at) => {
    norm += value * value;
    distance += (value - (isDiagonal(at, width) ? target : 0)) ** 2;
  });
  const error = (fourth - norm) / rows;
  return distance > 0 ? Math.min(1, Math.max(0, error / distance)) : 0;
}

const isDiagonal = (at: number, width: number) => at % (width + 1) === 0;

function traceOf(matrix: Float64Array, width: number): number {
  let trace = 0;
  for (let at = 0; at < matrix.length; at += width + 1) trace += matrix[at] ?? 0;
  return trace;
}
