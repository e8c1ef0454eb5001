/** What any check ends in. `inconclusive` waits for more data or a person; `error` means the check itself broke. */
export const verdicts = ['pass', 'fail', 'inconclusive', 'error'] as const;
export type Verdict = (typeof verdicts)[number];

/** One reason of a verdict: which rule spoke, what it saw, what it allows, and on how many samples. */
export interface Finding {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly text: string;
  readonly actual?: number;
  readonly limit?: number;
  /** Sample size. */
  readonly n?: number;
}
