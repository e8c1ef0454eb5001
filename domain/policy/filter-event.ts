import { comparisonText } from './comparison-text.js';
import { decisive } from './expression/comparison.js';
import { ExpressionRunner } from './expression/run-expression.js';
import { readFilter } from './read-filter.js';

/** What a filter is asked about. */
export interface FilteredEvent {
  readonly event: {
    readonly name: string;
    readonly source: string;
    readonly id: string;
    /** ISO-8601. */
    readonly at: string;
  };
  /** As it came in JSON; undefined where it is not known. */
  readonly payload: unknown;
}

export interface FilterResult {
  readonly passes: boolean;
  /** One sentence, with the comparison that decided where there is one. */
  readonly reason: string;
}

/**
 * Whether a filter lets an event through. Only true does: what is missing (null too), of another kind, too deep or not
 * readable stops the event. Does not throw.
 */
export function filterEvent(filter: string, { event, payload }: FilteredEvent): FilterResult {
  const read = readFilter(filter);
  if (read.kind === 'refused') return stops(`the filter is ${read.came}, allowed is ${read.allowed}`);
  const facts = { event, payload: payload ?? { missing: 'the event has none' } };
  const result = new ExpressionRunner(facts, {}).run(read.expr);
  if (result.kind !== 'value') return stops(`the filter cannot be answered: ${result.reason}`);
  const decided = decisive(result.comparisons, result.value);
  const because = decided === undefined ? '' : `: ${comparisonText(decided)}`;
  return { passes: result.value, reason: `the filter is ${result.value}${because}` };
}

const stops = (reason: string): FilterResult => ({ passes: false, reason });
