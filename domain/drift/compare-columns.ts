import type { Verdict } from '../verdict.js';
import { adjustPValues } from './adjust-p-values.js';
import { type ColumnShift, columnShift, type DriftSample } from './column-shift.js';

/** When a column counts as drifted: it is improbable to be chance, and it is large enough to matter. */
export interface DriftRule {
  /** Bound of the p-values after adjustment over all columns. */
  readonly alpha: number;
  /** Least KS distance (numbers) or Cramer's V (text) that matters. */
  readonly leastEffect: number;
  /** Index that counts as a shift; it also decides how many rows the index needs. */
  readonly stabilityLimit: number;
}

export const defaultDriftRule: DriftRule = { alpha: 0.05, leastEffect: 0.1, stabilityLimit: 0.1 };

/** One column of a current sample against its reference. */
export interface ColumnDrift extends ColumnShift {
  readonly column: string;
  /** `pass` is stable, `fail` is drift, `inconclusive` is too few rows. */
  readonly verdict: Verdict;
  readonly text: string;
  /** After adjustment over all columns that could be tested. */
  readonly pAdjusted: number | null;
}

/**
 * Compares all columns of two samples at once. A column has drifted where its adjusted p-value is below `alpha` and its
 * effect reaches `leastEffect`: with many rows a difference is always significant, with few a distance is always
 * there. Too few rows are `inconclusive`, never `pass`.
 */
export function compareColumns(
  samples: Readonly<Record<string, DriftSample>>,
  rule: DriftRule = defaultDriftRule,
): readonly ColumnDrift[] {
  const shifts = Object.entries(samples).map(([column, sample]) => ({
    column,
    ...columnShift(sample, rule.stabilityLimit),
  }));
  const tested = shifts.filter(({ effect }) => effect.kind === 'value');
  const adjusted = adjustPValues(tested.map(({ effect }) => (effect.kind === 'value' ? effect.pValue : 1)));
  const byColumn = new Map(tested.map(({ column }, at) => [column, adjusted[at] ?? 1]));
  return shifts.map((shift) => ({ ...shift, ...judged(shift, byColumn.get(shift.column) ?? null, rule) }));
}

function judged(
  { effect }: ColumnShift,
  pAdjusted: number | null,
  { alpha, leastEffect }: DriftRule,
): Pick<ColumnDrift, 'verdict' | 'text' | 'pAdjusted'> {
  if (effect.kind === 'undefined' || pAdjusted === null) {
    const reason = effect.kind === 'undefined' ? effect.reason : 'it was not tested';
    return { verdict: 'inconclusive', text: reason, pAdjusted };
  }
  const drifted = pAdjusted < alpha && effect.value >= leastEffect;
  const size = `${effect.measure} ${effect.value.toFixed(3)} (from ${leastEffect} it matters)`;
  const chance = `adjusted p ${pAdjusted.toPrecision(2)} (below ${alpha} it is no chance)`;
  return { verdict: drifted ? 'fail' : 'pass', text: `${size}, ${chance}`, pAdjusted };
}
