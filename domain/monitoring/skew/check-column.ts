import { proportionTest } from '../../drift/proportion-test.js';
import { percentText } from '../../percent-text.js';
import type { ColumnLook, SkewRule } from './column-look.js';
import type { SkewFinding, SkewKind } from './skew-finding.js';

/** The share of a single value up to which a column of the reference varied. */
const variedShare = 0.5;

interface LookedAt {
  readonly window: ColumnLook;
  readonly reference: ColumnLook;
  /** The largest share of nulls in a window of the reference, 0..1: what fails together fails in bursts. */
  readonly usualNulls: number;
}

/**
 * What is wrong with one column of a window beside its reference. A column that is not there at all is said once, and
 * nothing else of it.
 *
 * @returns empty where nothing is, and where the window has too few rows to say
 */
export function checkColumn(
  column: string,
  { window, reference, usualNulls }: LookedAt,
  rule: SkewRule,
): SkewFinding[] {
  const { rows } = window;
  if (rows < rule.leastRows) return [];
  const finding = (kind: SkewKind, text: string, actual: number, limit: number): SkewFinding[] => [
    { kind, column, text, actual, limit, n: rows },
  ];
  if (window.nulls === rows && reference.nulls < reference.rows)
    return finding(
      'missing-column',
      `${column} is null in all ${rows} rows`,
      1,
      shareOf(reference.nulls, reference.rows),
    );
  return [
    ...sharesOver(column, window, rule).flatMap(({ kind, text, share, limit }) =>
      share > limit ? finding(kind, `${text} in ${percentText(share)} of ${rows} rows`, share, limit) : [],
    ),
    ...nullBurst(column, { window, reference, usualNulls }, rule),
    ...frozen(column, { window, reference }, rule),
  ];
}

function sharesOver(column: string, { rows, unreadable, broken, unseen }: ColumnLook, rule: SkewRule) {
  return [
    {
      kind: 'unreadable-values',
      text: `${column} is no value of its type`,
      share: unreadable / rows,
      limit: rule.brokenShare,
    },
    {
      kind: 'broken-contract',
      text: `${column} breaks the contract`,
      share: broken / rows,
      limit: rule.brokenShare,
    },
    {
      kind: 'new-category',
      text: `${column} is a value that the reference has not`,
      share: unseen / rows,
      limit: rule.unseenShare,
    },
  ] as const;
}

function nullBurst(
  column: string,
  { window, reference, usualNulls }: LookedAt,
  { alpha, nullRise }: SkewRule,
): SkewFinding[] {
  const share = window.nulls / window.rows;
  // Where nulls are usual they come in larger bursts, too.
  const limit = usualNulls + Math.max(nullRise, usualNulls / 2);
  if (share < limit) return [];
  const test = proportionTest(
    { count: reference.nulls, rows: reference.rows },
    { count: window.nulls, rows: window.rows },
  );
  if (test === undefined || test.pValue >= alpha) return [];
  const text = `${column} is null in ${percentText(share)} of ${window.rows} rows, at most ${percentText(usualNulls)} in a window of the reference`;
  return [{ kind: 'null-burst', column, text, actual: share, limit, n: window.rows }];
}

function frozen(
  column: string,
  { window, reference }: { readonly window: ColumnLook; readonly reference: ColumnLook },
  { frozenShare }: SkewRule,
): SkewFinding[] {
  const share = shareOf(window.mostFrequent, window.rows - window.nulls);
  const before = shareOf(reference.mostFrequent, reference.rows - reference.nulls);
  if (share < frozenShare || before > variedShare) return [];
  const text = `${column} has one value in ${percentText(share)} of ${window.rows} rows, ${percentText(before)} in the reference`;
  return [{ kind: 'frozen-values', column, text, actual: share, limit: frozenShare, n: window.rows }];
}

const shareOf = (part: number, of: number): number => (of === 0 ? 0 : part / of);
