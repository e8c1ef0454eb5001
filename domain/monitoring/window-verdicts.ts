import type { Verdict } from '../verdict.js';
import type { WindowVerdicts } from './evidence-of.js';
import { valueNumbers } from './value/value-numbers.js';
import type { WindowEvidence } from './window-evidence.js';

/** What a window comes to: its verdicts by name, its numbers by name, and one verdict of all. */
export interface WindowSummary {
  readonly verdict: Verdict;
  readonly verdicts: WindowVerdicts;
  readonly numbers: Readonly<Record<string, number>>;
}

export function summarise(evidence: WindowEvidence): WindowSummary {
  const { verdicts, numbers } = evidence.line === 'inputs' ? ofInputs(evidence) : ofTruth(evidence);
  return { verdict: wholeVerdict(Object.values(verdicts)), verdicts, numbers };
}

/**
 * Names of numbers with a colon are of what stands before it: `column:<name>` is a distance and `limit:column:<name>` what
 * matters of it, `score:<statistic>` is of the answers and `estimated:<metric>` their probable quality, `low:` and `high:`
 * are ends of a metric's interval, `delay:` is of the truth, `source:` counts rows that one told of, `value:` is what they
 * were worth, and `traffic:rows` what all versions answered. Those without are metrics, the area of
 * `multivariate` or its squared `discrepancy`, the share of `outliers`, and how many rows were `labelled`.
 */
function ofInputs(evidence: Extract<WindowEvidence, { line: 'inputs' }>) {
  const { columns, predictions, skew, scores, multivariate, outliers, firstWindow, estimated } = evidence;
  const told = [
    ...columns.map((column) => [`column:${column.column}`, column] as const),
    ...(predictions === null ? [] : [['predictions', predictions] as const]),
  ];
  return {
    verdicts: Object.fromEntries([
      ...told.map(([name, { verdict }]) => [name, verdict] as const),
      ...verdictsOf({ multivariate, outliers, firstWindow, estimated }),
      ...skew.map(({ kind, column }) => [`skew:${kind}:${column ?? ''}`, 'fail'] as const),
    ]),
    numbers: numbersOf([
      ...told.flatMap(([name, { distance, limit }]) => [
        [name, distance] as const,
        [`limit:${name}`, limit] as const,
      ]),
      ...(['mean', 'p10', 'p50', 'p90'] as const).map((name) => [`score:${name}`, scores?.[name]] as const),
      [multivariate?.method === 'mmd' ? 'discrepancy' : 'multivariate', multivariate?.measure],
      ['outliers', outliers?.share],
      ...Object.entries(estimated?.metrics ?? {}).map(
        ([name, value]) => [`estimated:${name}`, value] as const,
      ),
    ]),
  };
}

function verdictsOf(found: Readonly<Record<string, { readonly verdict: Verdict } | null>>) {
  return Object.entries(found).flatMap(([name, one]) => (one === null ? [] : [[name, one.verdict] as const]));
}

function numbersOf(pairs: readonly (readonly [string, number | null | undefined])[]): Record<string, number> {
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (typeof value === 'number' ? [[name, value] as const] : [])),
  );
}

/** Before the name of a source, in the numbers of a window of truth. */
export const sourcePrefix = 'source:';
/** So large a share of what was told that does not count, by who told it, is looked at by people. */
const mostDoubtful = 0.2;

type Truth = Extract<WindowEvidence, { line: 'truth' }>;

function ofTruth(truth: Truth) {
  const { conditions, metrics, intervals, delay, labelled, sources, outcomes, concept, value } = truth;
  const ends = Object.entries(intervals).flatMap(([name, { low, high }]) => [
    [`low:${name}`, low] as const,
    [`high:${name}`, high] as const,
  ]);
  const delays = delay === null ? {} : { 'delay:p50': delay.p50Seconds, 'delay:p90': delay.p90Seconds };
  const told = sources.map(({ source, rows }) => [`${sourcePrefix}${source}`, rows] as const);
  return {
    verdicts: Object.fromEntries([
      ...conditions.map(({ name, verdict }) => [`condition:${name}`, verdict] as const),
      ...verdictsOf({ outcomes, concept }),
      ...(isDoubtful(truth) ? [['sources', 'fail'] as const] : []),
    ]),
    numbers: {
      ...{ ...metrics, ...Object.fromEntries([...ends, ...told]), ...delays, labelled },
      ...(value && valueNumbers(value)),
    },
  };
}

function isDoubtful({ labelled, leftOut }: Truth): boolean {
  const doubtful = leftOut.undeclared + leftOut.contested + leftOut.overShare;
  return doubtful > mostDoubtful * (labelled + doubtful);
}

/** Nothing looked at, or nothing that could be told, is no pass. */
function wholeVerdict(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ['fail', 'error', 'pass'] as const) if (verdicts.includes(verdict)) return verdict;
  return 'inconclusive';
}
