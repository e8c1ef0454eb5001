import type { SliceEvaluation } from '../../metrics/evaluation.js';
import { isLoss } from '../../metrics/metric-catalogue.js';
import type { Fact, GapFact } from './policy-facts.js';

interface Judged {
  readonly slice: string;
  readonly value: number;
  readonly n: number;
}

/** Every metric between the slices of each column. Slices with too few rows are counted, and left out. */
export function gapFacts(
  slices: readonly SliceEvaluation[],
): Readonly<Record<string, Record<string, Fact<GapFact>>>> {
  const columns = [...new Set(slices.map(({ column }) => column))];
  return Object.fromEntries(
    columns.map((column) => [column, gapsOf(slices.filter((slice) => slice.column === column))]),
  );
}

function gapsOf(slices: readonly SliceEvaluation[]): Record<string, Fact<GapFact>> {
  const metrics = [...new Set(slices.flatMap((slice) => Object.keys(slice.metrics)))];
  return Object.fromEntries(metrics.map((metric) => [metric, gapOf(metric, slices)]));
}

function gapOf(metric: string, slices: readonly SliceEvaluation[]): Fact<GapFact> {
  const judged = slices.flatMap(({ value: slice, metrics }): Judged[] => {
    const found = metrics[metric];
    return found?.kind === 'value' ? [{ slice, value: found.value, n: found.n }] : [];
  });
  const ascending = judged.toSorted((a, b) => a.value - b.value || (a.slice < b.slice ? -1 : 1));
  const [least] = ascending;
  const most = ascending.at(-1);
  if (least === undefined || most === undefined || judged.length < 2)
    return { missing: `${judged.length} of ${slices.length} slices have enough rows, at least 2 are needed` };
  const [worst, best] = isLoss(metric) ? [most, least] : [least, most];
  return {
    worst: worst.value,
    best: best.value,
    ratio: ratioOf(least.value, most.value),
    gap: most.value - least.value,
    worstSlice: worst.slice,
    bestSlice: best.slice,
    judged: judged.length,
    tooFew: slices.length - judged.length,
    n: worst.n,
  };
}

/** Of numbers below zero, or of two zeros, a ratio says nothing. */
function ratioOf(least: number, most: number): GapFact['ratio'] {
  if (least < 0) return { missing: 'the metric is negative in a slice' };
  return most > 0 ? least / most : { missing: 'the metric is 0 in every slice' };
}
