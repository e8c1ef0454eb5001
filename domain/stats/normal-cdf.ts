const densityAtZero = 1 / Math.sqrt(2 * Math.PI);

/** Beyond this the series loses digits by cancellation and the continued fraction is short. */
const tailFrom = 3;

/**
 * P(Z <= z) of the standard normal distribution.
 *
 * @param z any number; infinities give 0 and 1
 * @returns 0..1, relative error below 1e-13 also deep in the lower tail
 * @throws RangeError when `z` is not a number
 * Source: Abramowitz and Stegun 26.2.11 (series) and 26.2.14 (continued fraction of the tail).
 * @example normalCdf(1.959963984540054) // 0.975
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('z must be a number, came NaN');
  if (z < -tailFrom) return upperTail(-z);
  if (z > tailFrom) return 1 - upperTail(z);
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + densityAtZero * Math.exp((-z * z) / 2) * sum;
}

function upperTail(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 0;
  let fraction = z;
  for (let depth = 200; depth >= 1; depth--) fraction = z + depth / fraction;
  return (densityAtZero * Math.exp((-z * z) / 2)) / fraction;
}
