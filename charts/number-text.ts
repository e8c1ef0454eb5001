import type { MetricValue } from '../domain/metrics/metric-value.js';

/** A number for people: three decimals, or three digits where those say nothing. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  const size = Math.abs(value);
  return size >= 0.001 && size < 1e6 ? value.toFixed(size >= 100 ? 1 : 3) : value.toPrecision(3);
}

/** A metric with its interval, or why it has none. */
export function metricText(metric: MetricValue): string {
  if (metric.kind === 'undefined') return metric.reason;
  const value = numberText(metric.value);
  if (metric.low === undefined || metric.high === undefined) return value;
  return `${value} (95 %: ${numberText(metric.low)} to ${numberText(metric.high)})`;
}
