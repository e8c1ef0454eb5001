import { checkLength } from './checked-columns.js';
import type { Finding, SliceEvaluation } from './evaluation.js';
import { allUndefined, type Metrics, undefinedMetric } from './metric-value.js';
import type { PreparedSplit } from './prepared-split.js';
import type { Judge, TaskMethod } from './task-method.js';

/** A column with more values than this is an identifier; its largest slices are judged. */
const mostValues = 200;

const defaultLeast = 100;

type SliceColumns = Readonly<Record<string, readonly string[]>>;

/** The slices of a split and what was left out of them. */
export interface SlicedSplit {
  readonly slices: readonly SliceEvaluation[];
  readonly findings: readonly Finding[];
}

/**
 * Judges the rows of each value of each column by themselves. Below `least` rows every metric is "too few"; below
 * `least` positive rows the recall is (for tasks whose recall counts positive rows).
 *
 * @throws RatchetError `MODEL_INTERFACE` when a column does not have one value a row of the input
 */
export function evaluateSlices<Rows extends { readonly block: Int32Array }>(
  method: TaskMethod<Rows>,
  judge: Judge<Rows>,
  split: PreparedSplit<Rows>,
  columns: SliceColumns = {},
  least = defaultLeast,
): SlicedSplit {
  const slices: SliceEvaluation[] = [];
  const findings: Finding[] = [];
  for (const [column, values] of Object.entries(columns)) {
    checkLength(values.length, split.count + split.unlabelled, `slice ${column}`, 'test');
    const byValue = rowsByValue(values, split.kept);
    const chosen = largest(byValue);
    if (chosen.length < byValue.size) findings.push(leftOut(column, byValue.size));
    for (const [value, indices] of chosen) {
      const metrics =
        indices.length < least
          ? allUndefined(method.metricNames, tooFew(indices.length, least, 'rows'))
          : withEnoughPositives(judge.metrics(method.take(split.rows, indices), split.resamples), least);
      slices.push({ column, value, rows: indices.length, metrics });
    }
  }
  return { slices, findings };
}

function rowsByValue(values: readonly string[], kept: Uint32Array): Map<string, Uint32Array> {
  const places = new Map<string, number[]>();
  kept.forEach((inputRow, row) => {
    const value = values[inputRow] ?? '';
    const known = places.get(value);
    if (known) known.push(row);
    else places.set(value, [row]);
  });
  return new Map(Array.from(places, ([value, rows]) => [value, Uint32Array.from(rows)]));
}

function largest(byValue: ReadonlyMap<string, Uint32Array>): [string, Uint32Array][] {
  const ascending = [...byValue].sort(([left], [right]) => (left < right ? -1 : 1));
  if (ascending.length <= mostValues) return ascending;
  const bySize = [...ascending].sort(([, left], [, right]) => right.length - left.length);
  const chosen = new Set(bySize.slice(0, mostValues).map(([value]) => value));
  return ascending.filter(([value]) => chosen.has(value));
}

function leftOut(column: string, values: number): Finding {
  return {
    kind: 'slices-left-out',
    text: `${column} has ${values} values on test; only its ${mostValues} largest slices are judged`,
    numbers: { values, judged: mostValues },
  };
}

function tooFew(count: number, least: number, what: string): string {
  return `too few: ${count} ${what}, at least ${least} are needed`;
}

function withEnoughPositives(metrics: Metrics, least: number): Metrics {
  const recall = metrics['recall'];
  if (recall?.kind !== 'value' || recall.n >= least) return metrics;
  return { ...metrics, recall: undefinedMetric(tooFew(recall.n, least, 'positive rows')) };
}
