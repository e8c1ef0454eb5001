import { logLossOf } from '../metrics/log-loss.js';
import { allUndefined, noRows, type UndefinedMetric } from '../metrics/metric-value.js';
import type { EstimatedMetric } from './estimated-metric.js';
import { macroRatio } from './macro-ratio.js';

const names = ['accuracy', 'precision', 'recall', 'f1', 'logLoss'] as const;

/** What the answers of a classifier with several classes are probably worth. */
export interface ExpectedMulticlass {
  readonly metrics: Readonly<Record<(typeof names)[number], EstimatedMetric | UndefinedMetric>>;
  /** Expected `counts[actual][predicted]`. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Confidence-based estimate for several classes: a row is expected to be of each class as often as its calibrated
 * probabilities say. Precision, recall and F1 are macro averages, one against the rest, defined as for labelled rows: a
 * class that is never answered has precision 0, one that is neither answered nor expected is left out. It is as blind
 * to concept drift as `expectedPerformance`.
 *
 * @param probability calibrated, row-major, `classes` numbers a row
 * @param assigned the class that each row was answered with, 0 .. `classes` - 1
 * @throws RangeError where a row has not `classes` probabilities that sum to 1 (within 1e-3), or an answer is no class
 * @example probabilities (.7 .2 .1) answered with 0: accuracy .7
 */
export function expectedMulticlass(
  probability: Float64Array,
  assigned: Int32Array,
  classes: number,
): ExpectedMulticlass {
  assertUsable(probability, assigned, classes);
  const n = assigned.length;
  const counts = Array.from({ length: classes }, () => new Float64Array(classes));
  let loss = 0;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const answer = assigned[row] ?? 0;
    for (let actual = 0; actual < classes; actual++) {
      const p = probability[row * classes + actual] ?? 0;
      const column = counts[actual];
      if (column) column[answer] = (column[answer] ?? 0) + p;
      loss += p * logLossOf(p);
      squares += p * logLossOf(p) ** 2;
    }
  }
  const confusion = counts.map((row) => Array.from(row));
  if (n === 0) return { metrics: allUndefined(names, noRows) as ExpectedMulticlass['metrics'], confusion };
  const spread = Math.sqrt(Math.max(0, squares / n - (loss / n) ** 2) / n);
  const metrics = {
    accuracy: accuracyOf(confusion, n),
    precision: macroRatio(confusion, n, { hits: 1, actual: 0, predicted: 1 }),
    recall: macroRatio(confusion, n, { hits: 1, actual: 1, predicted: 0 }),
    f1: macroRatio(confusion, n, { hits: 2, actual: 1, predicted: 1 }),
    logLoss: { kind: 'value', value: loss / n, standardError: spread, n },
  } as const;
  return { metrics, confusion };
}

function accuracyOf(confusion: readonly (readonly number[])[], n: number): EstimatedMetric {
  const value = confusion.reduce((sum, row, actual) => sum + (row[actual] ?? 0), 0) / n;
  return { kind: 'value', value, standardError: Math.sqrt(Math.max(0, value * (1 - value)) / n), n };
}

function assertUsable(probability: Float64Array, assigned: Int32Array, classes: number): void {
  if (probability.length !== assigned.length * classes)
    throw new RangeError(
      `${assigned.length} rows need ${classes} probabilities each, came ${probability.length} in all`,
    );
  assigned.forEach((answer, row) => {
    if (!(answer >= 0 && answer < classes))
      throw new RangeError(`an answer must be within 0..${classes - 1}, came ${answer}`);
    const own = probability.subarray(row * classes, (row + 1) * classes);
    const sum = own.reduce((total, p) => total + (p >= 0 ? p : Number.NaN), 0);
    if (!(Math.abs(sum - 1) <= 1e-3))
      throw new RangeError(`the probabilities of a row must sum to 1, came ${sum}`);
  });
}
