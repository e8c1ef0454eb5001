/** What is wrong with data before anybody asks whether the world has moved. */
export const skewKinds = [
  'missing-column',
  'unreadable-values',
  'unit-change',
  'null-burst',
  'broken-contract',
  'new-category',
  'frozen-values',
  'shifted-clock',
  'repeated-requests',
  'changed-volume',
] as const;
export type SkewKind = (typeof skewKinds)[number];

/** One thing that is wrong with the data of a window: it goes to whoever owns the source, and blocks retraining. */
export interface SkewFinding {
  readonly kind: SkewKind;
  /** Null where it is about the rows as a whole. */
  readonly column: string | null;
  readonly text: string;
  readonly actual: number;
  readonly limit: number;
  /** Rows it was seen on. */
  readonly n: number;
}
