import { binaryMetrics } from '../metrics/binary-metrics.js';
import type { EvaluationTask } from '../metrics/evaluation.js';
import type { Metrics } from '../metrics/metric-value.js';
import { regressionMetrics } from '../metrics/regression-metrics.js';
import { drawBlockResamples } from '../stats/block-resamples.js';
import type { Interval } from '../stats/interval.js';
import { seededRandom } from '../stats/seeded-random.js';
import { measurableRows } from './measurable-rows.js';

export interface MeasuredTruth {
  /** Rows with both a score and its truth. */
  readonly labelled: number;
  /** Those of the offline evaluation, and for a classification `rate` (of 1), `meanScore` and `gap` (score less rate). */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Rows are resampled in groups, not one by one: enough for an interval, and cheap. */
const groups = 100;
const resampled = 200;

/**
 * Quality of answers by what turned out to be true. What cannot be told is left out.
 *
 * @param labels NaN where the truth is not known
 * @param scores NaN where there was no answer
 * @param threshold from which score on a classification answers 1
 */
export function measureTruth(
  task: EvaluationTask,
  {
    labels,
    scores,
    threshold,
  }: {
    readonly labels: Float64Array;
    readonly scores: Float64Array;
    readonly threshold: number;
  },
): MeasuredTruth & { readonly intervals: Readonly<Record<string, Interval>> } {
  const isBinary = task === 'classification';
  const rows = measurableRows(task, { labels, scores });
  const taken = {
    label: Float64Array.from(rows, (row) => labels[row] ?? 0),
    score: Float64Array.from(rows, (row) => scores[row] ?? 0),
    block: Int32Array.from(rows, (_, at) => at % groups),
  };
  const resamples = drawBlockResamples(Math.min(groups, rows.length), resampled, seededRandom(1));
  const labelled = rows.length;
  if (isBinary) {
    const told = binaryMetrics(taken, threshold, resamples);
    return { labelled, metrics: { ...valuesOf(told), ...levels(taken) }, intervals: intervalsOf(told) };
  }
  if (task !== 'regression') return { labelled, metrics: {}, intervals: {} };
  const told = regressionMetrics(taken, resamples);
  return { labelled, metrics: valuesOf(told), intervals: intervalsOf(told) };
}

function intervalsOf(metrics: Metrics): Record<string, Interval> {
  const pairs = Object.entries(metrics).flatMap(([name, metric]) => {
    if (metric.kind !== 'value' || metric.low === undefined || metric.high === undefined) return [];
    return [[name, { low: metric.low, high: metric.high }] as const];
  });
  return Object.fromEntries(pairs);
}

function levels({ label, score }: { readonly label: Float64Array; readonly score: Float64Array }) {
  if (label.length === 0) return {};
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [rate, meanScore] = [mean(label), mean(score)];
  return { rate, meanScore, gap: meanScore - rate };
}

function valuesOf(metrics: Metrics): Record<string, number> {
  const pairs = Object.entries(metrics).flatMap(([name, metric]) =>
    metric.kind === 'value' ? [[name, metric.value] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** Metrics over several windows: means that weigh as many rows as were measured in each. */
export function trailingMetrics(windows: readonly MeasuredTruth[]): Readonly<Record<string, number>> {
  const names = new Set(windows.flatMap(({ metrics }) => Object.keys(metrics)));
  const means = [...names].map((name) => {
    const having = windows.filter(({ metrics }) => metrics[name] !== undefined);
    const rows = having.reduce((sum, { labelled }) => sum + labelled, 0);
    const total = having.reduce((sum, { labelled, metrics }) => sum + labelled * (metrics[name] ?? 0), 0);
    return [name, total / rows] as const;
  });
  return Object.fromEntries(means.filter(([, mean]) => Number.isFinite(mean)));
}
