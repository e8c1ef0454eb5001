import { excessShare, type OutlierCount } from '../outliers/excess-share.js';
import type { Verdict } from '../verdict.js';
import type { Columns } from './column-values.js';
import { fitOutliers, type OutlierMethod, outlierScores } from './outlier-model.js';
import { spreadRows, takeRows } from './profile/take-rows.js';

/** Rows of a window that are alone, beside the share of such rows in the reference. */
export interface OutlierEvidence {
  /** Of this window alone. */
  readonly verdict: Verdict;
  readonly text: string;
  /** 0..1; null without rows. */
  readonly share: number | null;
  readonly limit: number;
}

/** How alone the rows of a reference are. */
export interface OutlierReference {
  readonly method: OutlierMethod;
  /** Numeric inputs that are looked at. */
  readonly columns: readonly string[];
  /** A row with a higher score is an outlier. */
  readonly cutoff: number;
  /** Outliers among rows of the reference that the model was not made of where there are enough of them. */
  readonly usual: OutlierCount;
  /** The largest share in one of the reference's own windows; 0 where it has none. */
  readonly largestShare: number;
}

/** Rows of a window that are looked at, spread evenly over it. */
const mostRows = 5000;

/**
 * Whether a window holds more outliers than its reference: the lower end of the share's interval is above `factor` times
 * the usual share, and above the largest share that a window of the reference had. A column that did not come counts as
 * the median.
 */
export function judgeOutliers(
  { method, columns, cutoff, usual, largestShare }: OutlierReference,
  { sample, window, factor }: { readonly sample: Columns; readonly window: Columns; readonly factor: number },
): OutlierEvidence | null {
  const model = fitOutliers(method, sample, columns);
  const all = Object.values(window)[0]?.values.length ?? 0;
  if (model === null) return null;
  const asked = spreadRows(
    Array.from({ length: all }, (_, row) => row),
    mostRows,
  );
  const scores = outlierScores(model, withAll(window, columns, asked));
  const rows = asked.length;
  const outliers = scores.reduce((count, score) => count + (score > cutoff ? 1 : 0), 0);
  const { verdict, text, share, limit } = excessShare({ outliers, rows }, usual, factor, largestShare);
  return { verdict, text, share, limit };
}

function withAll(window: Columns, names: readonly string[], rows: Int32Array): Columns {
  const nothing = { kind: 'numeric', values: new Float64Array(rows.length).fill(Number.NaN) } as const;
  return Object.fromEntries(
    names.map((name) => {
      const column = window[name];
      return [name, column?.kind === 'numeric' ? takeRows(column, rows) : nothing];
    }),
  );
}
