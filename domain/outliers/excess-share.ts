import { leastDriftRows } from '../drift/sample-rules.js';
import { wilsonInterval } from '../stats/wilson-interval.js';
import type { Verdict } from '../verdict.js';

/** How many of some rows a model of outliers flagged. */
export interface OutlierCount {
  readonly outliers: number;
  readonly rows: number;
}

/** Whether a window holds more outliers than its reference did. */
export interface ExcessShare {
  /** `fail` where the lower end lies above the limit; `inconclusive` with fewer than 200 rows. */
  readonly verdict: Verdict;
  readonly text: string;
  /** Share of outliers in the window, and the lower end of its 95 % interval; null without rows. */
  readonly share: number | null;
  readonly low: number | null;
  /** `factor` times the share of the reference, or more. */
  readonly limit: number;
}

/**
 * Judges the excess of outliers, not their number: any cut-off flags some ordinary rows. Alarms where the lower end of
 * the Wilson interval of the window's share lies above `factor` times the share in the reference. A reference of n rows
 * without an outlier counts as 3/n, the upper end of its own 95 % interval (the rule of three).
 *
 * @param reference outliers among rows that the model was not fitted on where there are such; at least one row
 * @param factor default 2
 * @param leastLimit a share up to it is never an excess, whatever the reference says
 * @throws RangeError where the reference has no rows, or outliers are not within 0 .. rows
 * Source: Wilson, JASA 1927; Hanley and Lippman-Hand, JAMA 1983.
 * @example excessShare({ outliers: 30, rows: 500 }, { outliers: 50, rows: 5000 }).verdict // 'fail': .042 against .02
 */
export function excessShare(
  window: OutlierCount,
  reference: OutlierCount,
  factor = 2,
  leastLimit = 0,
): ExcessShare {
  for (const { outliers, rows } of [window, reference])
    if (!(outliers >= 0 && outliers <= rows))
      throw new RangeError(`outliers must be within 0..${rows}, came ${outliers}`);
  if (reference.rows === 0) throw new RangeError('the reference needs rows, came 0');
  const usual =
    (reference.outliers === 0 ? Math.min(3, reference.rows) : reference.outliers) / reference.rows;
  const limit = Math.max(factor * usual, leastLimit);
  const { outliers, rows } = window;
  const share = rows === 0 ? null : outliers / rows;
  const low = rows === 0 ? null : wilsonInterval(outliers, rows).low;
  if (share === null || low === null || rows < leastDriftRows)
    return {
      verdict: 'inconclusive',
      text: `${rows} rows, at least ${leastDriftRows} are needed`,
      share,
      low,
      limit,
    };
  const text = `${percent(share)} outliers, at least ${percent(low)} (above ${percent(limit)} it is an excess)`;
  return { verdict: low > limit ? 'fail' : 'pass', text, share, low, limit };
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
