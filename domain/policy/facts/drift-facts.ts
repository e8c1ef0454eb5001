import type { ColumnDrift } from '../../drift/compare-columns.js';
import type { DriftFact, Fact, Missing, PolicyFacts } from './policy-facts.js';

/**
 * Columns compared with those of the champion, as facts. `apart` are inputs that have nothing to be compared with, and
 * why: they are missing by name, and counted as not judged.
 */
export function driftFacts(
  columns: readonly ColumnDrift[],
  apart: Readonly<Record<string, string>> = {},
): PolicyFacts['drift'] {
  const missing = Object.entries(apart).map(([column, reason]) => [column, { missing: reason }] as const);
  if (columns.length === 0) return missing[0]?.[1] ?? { missing: 'the datasets share no input' };
  const facts = columns.map((column) => [column.column, driftFact(column)] as const);
  const judged = columns.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  return {
    columns: Object.fromEntries([...facts, ...missing]),
    worst: {
      ks: largest(
        facts.map(([, { ks }]) => ks),
        'no input could be compared by its distance',
      ),
      psi: largest(
        facts.map(([, { psi }]) => psi),
        'no input has enough rows for the index',
      ),
    },
    drifted:
      judged.length === 0
        ? { missing: 'no input has enough rows to say' }
        : judged.filter(({ verdict }) => verdict === 'fail').length,
    unjudged: columns.length - judged.length + missing.length,
    compared: columns.length,
  };
}

function driftFact({ effect, stability, pAdjusted, verdict, text, n }: ColumnDrift): DriftFact {
  const by = (measure: 'KS' | "Cramer's V"): Fact<number> => {
    if (effect.kind === 'undefined') return { missing: effect.reason };
    return effect.measure === measure
      ? effect.value
      : { missing: `the column is compared by ${effect.measure}` };
  };
  return {
    ks: by('KS'),
    cramersV: by("Cramer's V"),
    pAdjusted: pAdjusted ?? { missing: text },
    psi: stability.kind === 'value' ? stability.value : { missing: stability.reason },
    drifted: verdict === 'inconclusive' || verdict === 'error' ? { missing: text } : verdict === 'fail',
    n,
  };
}

function largest(values: readonly Fact<number>[], none: string): Fact<number> {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  const missing: Missing = { missing: none };
  return numbers.length === 0 ? missing : Math.max(...numbers);
}
