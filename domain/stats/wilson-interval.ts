import { confidenceLevel, type Interval } from './interval.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * The Wilson score interval of a proportion. It stays inside 0..1 and is honest at 0 and at all successes, where the
 * usual normal interval has no width.
 *
 * @param successes 0 .. `trials`
 * @param trials at least 1
 * @param level share of repeated samples whose interval holds the truth, default 0.95
 * @throws RangeError when `trials` is not positive or `successes` is outside 0 .. `trials`
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927.
 * @example wilsonInterval(970, 1000) // { low: 0.957497, high: 0.978906 }
 */
export function wilsonInterval(successes: number, trials: number, level = confidenceLevel): Interval {
  if (!(trials > 0)) throw new RangeError(`trials must be positive, came ${trials}`);
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`successes must be within 0..${trials}, came ${successes}`);
  }
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
