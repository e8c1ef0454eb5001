import type { Verdict } from '../verdict.js';
import type { WindowVerdicts } from './evidence-of.js';
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

function ofInputs(evidence: Extract<WindowEvidence, { line: 'inputs' }>) {
  const { columns, predictions, skew, multivariate, outliers, firstWindow } = evidence;
  const told = [
    ...columns.map((column) => [`column:${column.column}`, column] as const),
    ...(predictions === null ? [] : [['predictions', predictions] as const]),
  ];
  return {
    verdicts: Object.fromEntries([
      ...told.map(([name, { verdict }]) => [name, verdict] as const),
      ...Object.entries({ multivariate, outliers, firstWindow }).flatMap(([name, found]) =>
        found === null ? [] : [[name, found.verdict] as const],
      ),
      ...skew.map(({ kind, column }) => [`skew:${kind}:${column ?? ''}`, 'fail'] as const),
    ]),
    numbers: numbersOf([
      ...told.map(([name, { distance }]) => [name, distance] as const),
      ['multivariate', multivariate?.auroc],
      ['outliers', outliers?.share],
    ]),
  };
}

function numbersOf(pairs: readonly (readonly [string, number | null | undefined])[]): Record<string, number> {
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (typeof value === 'number' ? [[name, value] as const] : [])),
  );
}

function ofTruth({ conditions, metrics, labelled }: Extract<WindowEvidence, { line: 'truth' }>) {
  return {
    verdicts: Object.fromEntries(
      conditions.map(({ name, verdict }) => [`condition:${name}`, verdict] as const),
    ),
    numbers: { ...metrics, labelled },
  };
}

/** Nothing looked at, or nothing that could be told, is no pass. */
function wholeVerdict(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ['fail', 'error', 'pass'] as const) if (verdicts.includes(verdict)) return verdict;
  return 'inconclusive';
}
