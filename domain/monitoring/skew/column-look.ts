/** What the rows of a window, or of a reference, hold of one column. Counts are rows. */
export interface ColumnLook {
  readonly rows: number;
  /** Null, NaN, or not there at all. */
  readonly nulls: number;
  /** Values that are none of the column's type, such as a text where a number belongs. */
  readonly unreadable: number;
  /** Values that the dataset's contract does not allow: outside its range, or none of its list. */
  readonly broken: number;
  /** Of a column of text: values that the reference has not. */
  readonly unseen: number;
  /** The most frequent value's rows. */
  readonly mostFrequent: number;
}

/** When a difference of shares counts: it is no chance, and it is large enough to matter. */
export interface SkewRule {
  /** Fewer rows say nothing. */
  readonly leastRows: number;
  /** Bound of the p-value of each test. */
  readonly alpha: number;
  /** Least rise of the share of nulls, 0..1. */
  readonly nullRise: number;
  /** Largest share of values outside of the contract, or unreadable, 0..1. */
  readonly brokenShare: number;
  /** Largest share of values that the reference has not, 0..1. */
  readonly unseenShare: number;
  /** From this share on a single value is a frozen source, where the reference varied. */
  readonly frozenShare: number;
  /** Largest rise of the share of whole rows that came before, 0..1. */
  readonly repeatedRise: number;
}

export const defaultSkewRule: SkewRule = {
  leastRows: 200,
  alpha: 0.001,
  nullRise: 0.05,
  brokenShare: 0.01,
  unseenShare: 0.05,
  frozenShare: 0.95,
  repeatedRise: 0.1,
};
