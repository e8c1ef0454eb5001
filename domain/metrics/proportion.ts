import { wilsonInterval } from '../stats/wilson-interval.js';
import { type MetricValue, measured, undefinedMetric } from './metric-value.js';

/** A share with its Wilson interval, or the reason for which there is nothing to take a share of. */
export function proportion(successes: number, trials: number, undefinedBecause: string): MetricValue {
  if (trials === 0) return undefinedMetric(undefinedBecause);
  return measured(successes / trials, trials, wilsonInterval(successes, trials));
}
