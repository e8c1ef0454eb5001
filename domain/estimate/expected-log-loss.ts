import { logLossOf } from '../metrics/log-loss.js';
import type { EstimatedMetric } from './estimated-metric.js';

/**
 * The log loss in nats of rows that are positive as often as their probabilities say: the mean entropy.
 *
 * @param probability calibrated, 0..1, at least one
 */
export function expectedLogLoss(probability: Float64Array): EstimatedMetric {
  const n = probability.length;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const p = probability[row] ?? 0;
    const [positive, negative] = [logLossOf(p), logLossOf(1 - p)];
    sum += p * positive + (1 - p) * negative;
    squares += p * positive ** 2 + (1 - p) * negative ** 2;
  }
  const value = sum / n;
  return { kind: 'value', value, standardError: Math.sqrt(Math.max(0, squares / n - value ** 2) / n), n };
}
