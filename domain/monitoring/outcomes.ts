import { adjustPValues } from '../drift/adjust-p-values.js';
import { type Occurrences, proportionTest } from '../drift/proportion-test.js';
import { percentText } from '../percent-text.js';
import type { Verdict } from '../verdict.js';
import type { Columns } from './column-values.js';
import { calibratedWindows } from './learned-threshold.js';
import { columnDistance } from './profile/column-distance.js';
import { freezeColumn } from './profile/freeze-column.js';
import { takeRows } from './profile/take-rows.js';

/** Labels of a reference of a classification. */
export interface OutcomeReference {
  /** Rows of class 1 among those with a label. */
  readonly positives: Occurrences;
  /** How far the share of one of the reference's own windows lies from that of all; 0 without windows. */
  readonly largestGap: number;
  /** Whether enough windows taught that to trust it. */
  readonly isCalibrated: boolean;
  /** Of the kept rows, in their order; null is none. */
  readonly sample: readonly (number | null)[];
}

/** Whether other outcomes came, of rows that look the same within each. */
export interface OutcomeEvidence {
  /** Of this window alone: `fail` is a shift of the outcomes by themselves. */
  readonly verdict: Verdict;
  readonly text: string;
  /** Share of 1 in the window and in the reference, 0..1. */
  readonly rate: number | null;
  readonly usualRate: number;
  readonly isCalibrated: boolean;
}

const alpha = 0.001;
const columnAlpha = 0.05;
/** A smaller change of the share does not matter. */
const leastGap = 0.05;
/** A column that lies nearer within a class has not moved there. */
const leastDistance = 0.1;

/** @returns null where no row has a label */
export function learnOutcomes(
  labels: Float64Array,
  windows: readonly Int32Array[],
  sample: ArrayLike<number>,
): OutcomeReference | null {
  const positives = occurrences(labels);
  if (positives.rows === 0) return null;
  const rate = positives.count / positives.rows;
  const gaps = windows.map((rows) => {
    const { count, rows: known } = occurrences(Float64Array.from(rows, (row) => labels[row] ?? Number.NaN));
    return known === 0 ? 0 : Math.abs(count / known - rate);
  });
  return {
    ...{ positives, largestGap: Math.max(0, ...gaps), isCalibrated: windows.length >= calibratedWindows },
    sample: Array.from(sample, (row) => (isLabel(labels[row]) ? (labels[row] ?? null) : null)),
  };
}

/**
 * Prior shift: the share of 1 is another than any window of the reference had, and no input has moved within a class.
 * `inconclusive` with too few rows of a class on either side.
 *
 * @param limits how far each input may lie, whatever the class
 */
export function judgeOutcomes(
  reference: OutcomeReference,
  {
    sample,
    limits,
    leastRows,
  }: {
    readonly sample: Columns;
    readonly limits: Readonly<Record<string, number>>;
    readonly leastRows: number;
  },
  window: { readonly columns: Columns; readonly labels: Float64Array },
): OutcomeEvidence {
  const now = occurrences(window.labels);
  const usualRate = reference.positives.count / reference.positives.rows;
  const rate = now.rows === 0 ? null : now.count / now.rows;
  const told = (verdict: Verdict, text: string): OutcomeEvidence => ({
    ...{ verdict, text, rate, usualRate, isCalibrated: reference.isCalibrated },
  });
  if (rate === null || now.rows < leastRows)
    return told('inconclusive', `the truth of ${now.rows} rows is known, at least ${leastRows} are needed`);
  const test = proportionTest(reference.positives, now);
  const limit = Math.max(leastGap, reference.largestGap);
  const shares = `${percentText(rate)} of 1, ${percentText(usualRate)} in the reference (from ${percentText(limit)} apart it matters)`;
  if (test === undefined || test.pValue >= alpha || Math.abs(rate - usualRate) <= limit)
    return told('pass', shares);
  const within = movedWithin(reference, sample, window);
  if (within === null) return told('inconclusive', `${shares}, with too few rows of a class to look into it`);
  const moved = within.filter(({ column, value, pAdjusted }) => {
    return pAdjusted < columnAlpha && value > Math.max(leastDistance, limits[column] ?? 0);
  });
  if (moved.length === 0) return told('fail', shares);
  const names = [...new Set(moved.map(({ column }) => column))].join(', ');
  return told('pass', `${shares}, but within a class too there moved ${names}`);
}

/** Distance of each input within each class; null where a class has too few rows for any. */
function movedWithin(
  { sample: labels }: OutcomeReference,
  sample: Columns,
  window: { readonly columns: Columns; readonly labels: Float64Array },
) {
  const classes = [0, 1].map((label) => {
    const before = rowsWith(labels, label);
    const after = rowsWith(window.labels, label);
    return Object.entries(sample).flatMap(([column, values]) => {
      const current = window.columns[column];
      if (current === undefined) return [];
      const distance = columnDistance(freezeColumn(takeRows(values, before)), takeRows(current, after));
      return distance.kind === 'distance' ? [{ column, ...distance }] : [];
    });
  });
  if (classes.some((told) => told.length === 0)) return null;
  const told = classes.flat();
  const adjusted = adjustPValues(told.map(({ pValue }) => pValue));
  return told.map((one, at) => ({ ...one, pAdjusted: adjusted[at] ?? 1 }));
}

function occurrences(labels: Float64Array): Occurrences {
  const known = labels.filter(isLabel);
  return { count: known.reduce((sum, label) => sum + label, 0), rows: known.length };
}

function rowsWith(labels: ArrayLike<number | null>, label: number): number[] {
  return Array.from(labels).flatMap((value, row) => (value === label ? [row] : []));
}

const isLabel = (label: number | null | undefined): boolean => label === 0 || label === 1;
