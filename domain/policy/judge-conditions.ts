import type { Verdict } from '../verdict.js';
import { comparisonText } from './comparison-text.js';
import { decisive } from './expression/comparison.js';
import { ExpressionRunner } from './expression/run-expression.js';
import { type CheckedFilter, readCondition } from './read-filter.js';

const scope = { names: ['metrics', 'trailing'], fields: {} } as const;

/** What a condition on the quality of a window is judged by. */
export interface QualityFacts {
  readonly metrics: Readonly<Record<string, number>>;
  /** Null before there are as many windows as it is taken over. */
  readonly trailing: Readonly<Record<string, number | null>>;
  /** Rows whose truth is known. */
  readonly labelled: number;
}

export interface JudgedCondition {
  readonly name: string;
  readonly verdict: Verdict;
  readonly text: string;
}

/** An expression over the metrics of a window, or what is wrong with it. */
export function readQualityCondition(when: string): CheckedFilter {
  return readCondition(when, scope);
}

/**
 * Conditions on one window: `fail` where the loss that one names is there, `inconclusive` with too few rows or where it
 * asks for a metric that cannot be told, `error` where it cannot be answered. Does not throw.
 */
export function judgeConditions(
  conditions: Readonly<Record<string, { readonly when: string }>>,
  { metrics, trailing, labelled }: QualityFacts,
  leastRows: number,
): JudgedCondition[] {
  return Object.entries(conditions).map(([name, { when }]) => {
    if (labelled < leastRows) {
      const text = `the truth of ${labelled} rows is known, at least ${leastRows} are needed`;
      return { name, verdict: 'inconclusive', text };
    }
    return { name, ...judged(when, { metrics, trailing }) };
  });
}

function judged(
  when: string,
  facts: Pick<QualityFacts, 'metrics' | 'trailing'>,
): Omit<JudgedCondition, 'name'> {
  const read = readQualityCondition(when);
  if (read.kind === 'refused')
    return { verdict: 'error', text: `it is ${read.came}, allowed is ${read.allowed}` };
  const result = new ExpressionRunner(facts, {}).run(read.expr);
  if (result.kind === 'missing') return { verdict: 'inconclusive', text: result.reason };
  if (result.kind === 'error') return { verdict: 'error', text: result.reason };
  const decided = decisive(result.comparisons, result.value);
  const because = decided === undefined ? '' : `: ${comparisonText(decided)}`;
  return { verdict: result.value ? 'fail' : 'pass', text: `${when} is ${result.value}${because}` };
}
