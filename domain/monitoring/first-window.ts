import { adjustPValues } from '../drift/adjust-p-values.js';
import { leastDriftRows } from '../drift/sample-rules.js';
import type { Verdict } from '../verdict.js';
import type { Columns } from './column-values.js';
import { calibratedWindows } from './learned-threshold.js';
import { columnDistance } from './profile/column-distance.js';
import { windowDistances } from './profile/column-limits.js';
import { freezeColumn } from './profile/freeze-column.js';
import { spreadRows } from './profile/take-rows.js';

/** The first traffic of a version beside the rows that it was validated on. */
export interface FirstWindowEvidence {
  /** Of this window alone. */
  readonly verdict: Verdict;
  readonly text: string;
  /** Those that differ. */
  readonly columns: readonly string[];
}

/** A smaller distance is no skew: what is served is never quite what it was a while ago. */
const leastSkew = 0.2;
const alpha = 0.001;
const mostWindows = 40;
const mostWindowRows = 500;

/**
 * How far each column may lie from the validation rows: as far as any window of the reference did, since that is what
 * weeks of this world differ by, and at least .2. With fewer than 100 windows the next one passes the largest of them too
 * often, so the limit lies half-way from there to 1: what is served from the wrong source is further off than that.
 */
export function firstWindowLimits(
  columns: Columns,
  validation: Columns,
  windows: readonly Int32Array[],
): Record<string, number> {
  const asked = Array.from(
    spreadRows(
      windows.map((_, at) => at),
      mostWindows,
    ),
    (at) => spreadRows(windows[at] ?? [], mostWindowRows),
  );
  const limits = Object.entries(validation).flatMap(([name, rows]) => {
    const column = columns[name];
    if (column === undefined) return [];
    const distances = windowDistances(freezeColumn(rows), column, asked);
    const largest = Math.max(leastSkew, ...distances.map((distance) => distance ?? 0));
    return [[name, windows.length < calibratedWindows ? (1 + largest) / 2 : largest] as const];
  });
  return Object.fromEntries(limits);
}

/**
 * Training-serving skew: inputs of the first window that a version answered lie beyond their limits from its validation
 * rows. `inconclusive` with too few rows in all of its columns.
 */
export function judgeFirstWindow(
  validation: Columns,
  limits: Readonly<Record<string, number>>,
  window: Columns,
): FirstWindowEvidence {
  const told = Object.entries(validation).flatMap(([column, rows]) => {
    const current = window[column];
    const distance = current && columnDistance(freezeColumn(rows), current);
    return distance?.kind === 'distance' ? [{ column, ...distance, limit: limits[column] ?? 1 }] : [];
  });
  if (told.length === 0)
    return { verdict: 'inconclusive', text: `fewer than ${leastDriftRows} values a side`, columns: [] };
  const adjusted = adjustPValues(told.map(({ pValue }) => pValue));
  const differing = told.filter(({ value, limit }, at) => value > limit && (adjusted[at] ?? 1) < alpha);
  const words = differing.map(
    ({ column, value, limit }) =>
      `${column} ${value.toFixed(2)} away (up to ${limit.toFixed(2)} may be the time of the year)`,
  );
  return {
    verdict: differing.length > 0 ? 'fail' : 'pass',
    text: differing.length > 0 ? words.join(', ') : 'as the validation rows',
    columns: differing.map(({ column }) => column),
  };
}
