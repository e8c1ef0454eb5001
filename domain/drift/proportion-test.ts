import { normalCdf } from '../stats/normal-cdf.js';

/** Two shares and how likely their gap is where both are one. */
export interface ProportionTest {
  /** Share of the current sample minus that of the reference, -1..1. */
  readonly difference: number;
  /** In standard errors; positive where the current share is larger. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** How often something happened, of how many times it could have. */
export interface Occurrences {
  readonly count: number;
  readonly rows: number;
}

/**
 * Two-sided z-test of two proportions with pooled variance:
 * `z = (q - p) / sqrt(P (1 - P) (1/n + 1/m))`, P the share of both samples together. Good where each sample has at
 * least 5 rows that count and 5 that do not are expected.
 *
 * @returns undefined where a side has no rows; where all rows or none count on both sides, no gap and p 1
 * @throws RangeError where a count is not within 0 .. rows
 * Source: Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions" (2003), chapter 3.
 * @example proportionTest({ count: 50, rows: 100 }, { count: 65, rows: 100 }) // z 2.1456, p .03191
 */
export function proportionTest(reference: Occurrences, current: Occurrences): ProportionTest | undefined {
  for (const { count, rows } of [reference, current])
    if (!(count >= 0 && count <= rows))
      throw new RangeError(`count must be within 0..${rows}, came ${count}`);
  if (reference.rows === 0 || current.rows === 0) return undefined;
  const pooled = (reference.count + current.count) / (reference.rows + current.rows);
  const difference = current.count / current.rows - reference.count / reference.rows;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / reference.rows + 1 / current.rows));
  if (error === 0) return { difference: 0, statistic: 0, pValue: 1 };
  const statistic = difference / error;
  return { difference, statistic, pValue: Math.min(1, 2 * normalCdf(-Math.abs(statistic))) };
}
