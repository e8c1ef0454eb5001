import { proportionTest } from '../../drift/proportion-test.js';
import { percentText } from '../../percent-text.js';
import type { Columns } from '../column-values.js';
import type { SkewRule } from './column-look.js';
import type { SkewFinding } from './skew-finding.js';

/** Rows that stand together are looked at together: a row that is sent twice is sent soon again. */
const runRows = 2000;
const mostRuns = 5;

/** How many rows of a table have come before in the same run of 2,000. */
export interface RepeatedRows {
  readonly repeated: number;
  readonly rows: number;
}

/** Counts rows that are equal in all columns to an earlier one of their run; of a long table some runs are looked at. */
export function repeatedRows(columns: Columns): RepeatedRows {
  const values = Object.values(columns).map((column) => column.values);
  const all = values[0]?.length ?? 0;
  const runs = Math.max(1, Math.floor(all / runRows));
  const asked = Math.min(runs, mostRuns);
  let repeated = 0;
  let rows = 0;
  for (let run = 0; run < asked; run += 1) {
    const from = Math.floor((run * runs) / asked) * runRows;
    const to = Math.min(all, from + runRows);
    const seen = new Set<string>();
    for (let row = from; row < to; row += 1) seen.add(values.map((column) => column[row]).join('\n'));
    rows += to - from;
    repeated += to - from - seen.size;
  }
  return { repeated, rows };
}

/**
 * More whole rows came twice than the reference has by itself. A window of fewer than 2,000 rows has fewer by chance, so
 * it is judged mildly.
 */
export function findRepeated(
  reference: RepeatedRows,
  columns: Columns,
  { leastRows, alpha, repeatedRise }: SkewRule,
): SkewFinding[] {
  const window = repeatedRows(columns);
  if (window.rows < leastRows || reference.rows === 0) return [];
  const [before, share] = [reference.repeated / reference.rows, window.repeated / window.rows];
  const test = proportionTest(
    { count: reference.repeated, rows: reference.rows },
    { count: window.repeated, rows: window.rows },
  );
  const limit = before + repeatedRise;
  if (share <= limit || test === undefined || test.pValue >= alpha) return [];
  const text = `${percentText(share)} of ${window.rows} rows came before, ${percentText(before)} in the reference`;
  return [{ kind: 'repeated-requests', column: null, text, actual: share, limit, n: window.rows }];
}
