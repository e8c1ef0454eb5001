import type { CategoryBins } from '../drift/category-bins.js';
import { percentText } from '../percent-text.js';

/** Where a column of the reference has values. */
export type KnownRegion =
  | { readonly kind: 'numeric'; readonly low: number; readonly high: number }
  | { readonly kind: 'categorical'; readonly known: CategoryBins };

/** Values of a window: numbers with NaN for null, or text with null. */
export type WindowColumn = Float64Array | readonly (string | null)[];

/** Whether an estimate without labels may be believed on a window. */
export interface EstimateValidity {
  readonly valid: boolean;
  readonly text: string;
  /** Rows with at least one value where the reference has none, 0..1; null without rows. */
  readonly outsideShare: number | null;
  /** The same by column, those with any, largest first. */
  readonly columns: readonly { readonly column: string; readonly share: number }[];
}

/** A larger share of rows in unknown regions makes an estimate invalid. */
export const mostOutsideShare = 0.05;

/**
 * An estimate without labels holds where the reference has seen such rows: it says nothing about regions in which nobody
 * ever compared the model with the truth. Counts rows with a number below the least or above the largest of the
 * reference (infinities are), or a category it never had. Null is inside: it is a matter of the null share.
 *
 * @param regions by column; a column without values in the reference has no region and is not given
 * @param window by column, equally many rows each
 * @param mostOutside share of rows, default 0.05
 * @returns not valid without rows
 * @throws RangeError where a column is missing or of the other kind
 */
export function estimateValidity(
  regions: Readonly<Record<string, KnownRegion>>,
  window: Readonly<Record<string, WindowColumn>>,
  mostOutside = mostOutsideShare,
): EstimateValidity {
  const names = Object.keys(regions);
  const rows = window[names[0] ?? '']?.length ?? 0;
  if (rows === 0)
    return { valid: false, text: 'not valid: there are no rows', outsideShare: null, columns: [] };
  const outside = new Uint8Array(rows);
  const columns = Object.entries(regions).map(([column, region]) => {
    const count = markOutside(column, region, window[column], outside);
    return { column, share: count / rows };
  });
  const outsideShare = outside.reduce((sum, mark) => sum + mark, 0) / rows;
  const valid = outsideShare <= mostOutside;
  const lie = `${percentText(outsideShare)} of rows lie where the reference has none`;
  const text = valid
    ? `valid: ${lie}`
    : `not valid: ${lie} (at most ${percentText(mostOutside)} are allowed)`;
  return {
    valid,
    text,
    outsideShare,
    columns: columns.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share),
  };
}

function markOutside(
  column: string,
  region: KnownRegion,
  values: WindowColumn | undefined,
  outside: Uint8Array,
): number {
  if (values?.length !== outside.length)
    throw new RangeError(`${column} needs ${outside.length} rows, came ${values?.length ?? 'none'}`);
  let count = 0;
  const mark = (row: number) => {
    outside[row] = 1;
    count++;
  };
  if (region.kind === 'numeric') {
    if (!(values instanceof Float64Array)) throw new RangeError(`${column} needs numbers, came text`);
    for (let row = 0; row < values.length; row++) {
      const value = values[row] ?? Number.NaN;
      if (value < region.low || value > region.high) mark(row);
    }
    return count;
  }
  if (values instanceof Float64Array) throw new RangeError(`${column} needs text, came numbers`);
  const known = new Set([...region.known.categories, ...region.known.rare]);
  values.forEach((value, row) => {
    if (value !== null && !known.has(value)) mark(row);
  });
  return count;
}
