import type { Interval } from '../stats/interval.js';

/** A metric that has a value on these rows. */
export interface MeasuredMetric {
  readonly kind: 'value';
  /** Finite. Its unit and which way is better stand in the catalogue of metrics. */
  readonly value: number;
  /** Ends of the 95 % interval; both or neither. */
  readonly low?: number;
  readonly high?: number;
  /** What was counted: the rows, or for a proportion its denominator (for recall the positive rows). */
  readonly n: number;
}

/** A metric that has no value on these rows, and why. */
export interface UndefinedMetric {
  readonly kind: 'undefined';
  readonly reason: string;
}

export type MetricValue = MeasuredMetric | UndefinedMetric;

/** Values by metric name. */
export type Metrics = Readonly<Record<string, MetricValue>>;

/**
 * A value with its interval. What does not fit a number (a squared error that overflows, say) becomes undefined with
 * a reason, so that no result ever holds NaN or an infinity.
 */
export function measured(value: number, n: number, interval?: Interval): MetricValue {
  if (!Number.isFinite(value)) return undefinedMetric('the value is too large to be stated');
  if (!interval || !Number.isFinite(interval.low) || !Number.isFinite(interval.high)) {
    return { kind: 'value', value, n };
  }
  return { kind: 'value', value, low: interval.low, high: interval.high, n };
}

export function undefinedMetric(reason: string): UndefinedMetric {
  return { kind: 'undefined', reason };
}

/** The same reason for each of several metrics. */
export function allUndefined(names: readonly string[], reason: string): Metrics {
  return Object.fromEntries(names.map((name) => [name, undefinedMetric(reason)]));
}

/** The reason of every metric of no rows. */
export const noRows = 'there is no labelled row';
