import type { Verdict } from '../verdict.js';

/** What one rule, program or ethics check said. */
export interface RuleResult {
  readonly name: string;
  readonly kind: 'rule' | 'program' | 'ethics';
  readonly origin: 'organisation' | 'model';
  readonly severity: 'block' | 'warn';
  readonly verdict: Verdict;
  /** One sentence with the number, the limit and the distance, or why there is none. */
  readonly text: string;
  readonly expression: string | null;
  readonly actual: number | string | boolean | null;
  readonly limit: number | string | boolean | null;
  /** How far it is from the limit; negative is how much is lacking. Null where it is no comparison of numbers. */
  readonly distance: number | null;
  /** Sample size behind the number, where there is one. */
  readonly n: number | null;
}

/** The whole answer. `pass` only if every blocking rule passes. */
export interface PolicyVerdict {
  /** Of the merged policy. */
  readonly policyDigest: string;
  readonly factsDigest: string;
  readonly verdict: Verdict;
  readonly rules: readonly RuleResult[];
}
