import { adjustPValues } from '../drift/adjust-p-values.js';
import type { Verdict } from '../verdict.js';
import type { ColumnValues } from './column-values.js';
import { type ColumnDistance, columnDistance } from './profile/column-distance.js';
import type { ColumnProfile } from './profile/reference-profile.js';
import type { ColumnEvidence } from './window-evidence.js';

export interface ColumnRule {
  /** Bound of the p-values after adjustment over all columns of the window. */
  readonly alpha: number;
  /** Columns that may move without a word. */
  readonly ignore: readonly string[];
}

/**
 * Columns of one window beside their reference. One has moved where its adjusted p-value is below `alpha` and its
 * distance is beyond its limit. Too few rows are `inconclusive`, and so is a column that the reference has not.
 */
export function judgeColumns(
  profiles: Readonly<Record<string, ColumnProfile>>,
  columns: Readonly<Record<string, ColumnValues>>,
  { alpha, ignore }: ColumnRule,
): ColumnEvidence[] {
  const told = Object.entries(profiles)
    .filter(([column]) => !ignore.includes(column))
    .map(([column, profile]) => ({ column, profile, distance: distanceOf(profile, columns[column]) }));
  const tested = told.flatMap(({ column, distance }) =>
    distance.kind === 'distance' ? [{ column, pValue: distance.pValue }] : [],
  );
  const adjusted = adjustPValues(tested.map(({ pValue }) => pValue));
  const pOf = new Map(tested.map(({ column }, at) => [column, adjusted[at] ?? 1]));
  return told.map(({ column, profile, distance }) =>
    evidenceOf(column, profile, distance, { pAdjusted: pOf.get(column) ?? null, alpha }),
  );
}

function distanceOf(profile: ColumnProfile, values: ColumnValues | undefined): ColumnDistance {
  if (values === undefined) return { kind: 'untold', reason: 'it did not come' };
  return columnDistance(profile, values);
}

function evidenceOf(
  column: string,
  { kind, threshold }: ColumnProfile,
  distance: ColumnDistance,
  { pAdjusted, alpha }: { readonly pAdjusted: number | null; readonly alpha: number },
): ColumnEvidence {
  const measure = kind === 'numeric' ? 'KS' : "Cramer's V";
  const { limit, isCalibrated } = threshold;
  const common = { column, measure, limit, isCalibrated, pAdjusted } as const;
  if (distance.kind === 'untold' || pAdjusted === null) {
    const text = distance.kind === 'untold' ? distance.reason : 'it was not tested';
    return { ...common, distance: null, verdict: 'inconclusive', text };
  }
  const verdict: Verdict = pAdjusted < alpha && distance.value > limit ? 'fail' : 'pass';
  const size = `${measure} ${distance.value.toFixed(3)} (beyond ${limit.toFixed(3)} it matters)`;
  const chance = `adjusted p ${pAdjusted.toPrecision(2)} (below ${alpha} it is no chance)`;
  return { ...common, distance: distance.value, verdict, text: `${size}, ${chance}` };
}
