import { normalCdf } from './normal-cdf.js';

const central = {
  numerator: [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
    2.506628277459239,
  ],
  denominator: [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
    -1.328068155288572e1, 1,
  ],
} as const;

const tail = {
  numerator: [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  denominator: [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1],
} as const;

/**
 * The z with P(Z <= z) = `probability` under the standard normal distribution.
 *
 * @param probability strictly between 0 and 1
 * @returns a finite number, absolute error below 1e-12 for probabilities from 1e-12 to 1 - 1e-12
 * @throws RangeError when `probability` is not strictly between 0 and 1
 * Source: Peter Acklam's rational approximation (2003), then one step of Halley's method on {@link normalCdf}.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability must be strictly between 0 and 1, came ${probability}`);
  }
  // The lower half is computed and mirrored: 1 - p is exact for p >= 0.5 and the cdf is sharp in its lower tail.
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const rough = approximate(probability);
  const density = Math.exp((-rough * rough) / 2) / Math.sqrt(2 * Math.PI);
  const step = (normalCdf(rough) - probability) / density;
  return rough - step / (1 + (rough * step) / 2);
}

function approximate(probability: number): number {
  if (probability < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(probability));
    return polynomial(tail.numerator, q) / polynomial(tail.denominator, q);
  }
  const q = probability - 0.5;
  return (q * polynomial(central.numerator, q * q)) / polynomial(central.denominator, q * q);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
