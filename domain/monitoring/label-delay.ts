import { quantiles } from '../stats/quantile.js';

/** How long after what was asked about its truth was known. */
export interface LabelDelay {
  readonly p50Seconds: number;
  readonly p90Seconds: number;
}

/** Null where no delay is known. @param delaysMs of the rows whose truth is known */
export function labelDelay(delaysMs: readonly number[]): LabelDelay | null {
  if (delaysMs.length === 0) return null;
  const [p50 = 0, p90 = 0] = quantiles(delaysMs, [0.5, 0.9]);
  return { p50Seconds: p50 / 1000, p90Seconds: p90 / 1000 };
}
