import { sortedNumbers } from '../stats/sorted-numbers.js';
import { categoryBins, countCategories } from './category-bins.js';
import { chiSquareTest } from './chi-square.js';
import { countNumeric, numericBinsOfSorted } from './numeric-bins.js';
import { poolCells } from './pool-cells.js';
import { leastStabilityRows, tooFewRows } from './sample-rules.js';
import { stabilityIndex } from './stability-index.js';
import { ksOfSorted } from './two-sample-ks.js';

/** Values of one column in both samples: numbers with NaN for null, or text with null. */
export type DriftSample =
  | { readonly kind: 'numeric'; readonly reference: Float64Array; readonly current: Float64Array }
  | {
      readonly kind: 'categorical';
      readonly reference: readonly (string | null)[];
      readonly current: readonly (string | null)[];
    };

interface NoShift {
  readonly kind: 'undefined';
  readonly reason: string;
}

/** How far a column moved. */
export interface ColumnShift {
  /** Distance with its test: KS of numbers, Cramer's V of text. */
  readonly effect:
    | {
        readonly kind: 'value';
        readonly measure: 'KS' | "Cramer's V";
        readonly value: number;
        readonly pValue: number;
      }
    | NoShift;
  /** Population stability index over bins frozen by the reference. */
  readonly stability: { readonly kind: 'value'; readonly value: number } | NoShift;
  /** Rows of the smaller side, nulls included. */
  readonly n: number;
}

const noReference: NoShift = { kind: 'undefined', reason: 'the reference has no value' };

/** `stabilityLimit` is the index that would count as a shift: the smaller it is, the more rows it takes. */
export function columnShift(sample: DriftSample, stabilityLimit: number): ColumnShift {
  const n = Math.min(sample.reference.length, sample.current.length);
  return sample.kind === 'numeric'
    ? { ...numericShift(sample.reference, sample.current, stabilityLimit), n }
    : { ...categoricalShift(sample.reference, sample.current, stabilityLimit), n };
}

function numericShift(reference: Float64Array, current: Float64Array, limit: number): Omit<ColumnShift, 'n'> {
  const before = sortedNumbers(reference);
  const after = sortedNumbers(current);
  const bins = numericBinsOfSorted(before);
  if (!bins) return { effect: noReference, stability: noReference };
  // Nulls are no number, but a column that is null more often than before has moved: the index counts them.
  const stability = stabilityOf(countNumeric(bins, reference), countNumeric(bins, current), limit);
  const [first, second] = [before.withInfinite, after.withInfinite];
  const few = tooFewRows(first.length, second.length);
  if (few !== undefined) return { effect: { kind: 'undefined', reason: few }, stability };
  const { statistic, pValue } = ksOfSorted(first, second);
  return { effect: { kind: 'value', measure: 'KS', value: statistic, pValue }, stability };
}

function categoricalShift(
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
  limit: number,
): Omit<ColumnShift, 'n'> {
  const bins = categoryBins(reference);
  if (!bins) return { effect: noReference, stability: noReference };
  const before = countCategories(bins, reference);
  const after = countCategories(bins, current);
  const stability = stabilityOf(before, after, limit);
  const few = tooFewRows(reference.length, current.length);
  if (few !== undefined) return { effect: { kind: 'undefined', reason: few }, stability };
  const cells = poolCells(before, after);
  if (cells.kept === 0)
    return {
      effect: { kind: 'undefined', reason: 'too few rows: no category is expected 5 times' },
      stability,
    };
  // A single category on both sides is equal on both sides.
  const { effect: value, pValue } = chiSquareTest([cells.reference, cells.current]) ?? {
    effect: 0,
    pValue: 1,
  };
  return { effect: { kind: 'value', measure: "Cramer's V", value, pValue }, stability };
}

function stabilityOf(before: Float64Array, after: Float64Array, limit: number): ColumnShift['stability'] {
  const n = sum(before);
  const m = sum(after);
  const filled = before.filter((count, bin) => count > 0 || (after[bin] ?? 0) > 0).length;
  if (m === 0) return { kind: 'undefined', reason: 'there are no rows' };
  const least = leastStabilityRows(filled, limit, n, m);
  if (m < least)
    return { kind: 'undefined', reason: `${m} rows, the index over ${filled} bins needs ${least}` };
  return { kind: 'value', value: stabilityIndex(before, after) };
}

const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
