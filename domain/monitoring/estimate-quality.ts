import { type Calibration, chooseCalibration } from '../estimate/choose-calibration.js';
import { estimateValidity, type KnownRegion } from '../estimate/estimate-validity.js';
import {
  type EstimatedMetricName,
  estimatedMetricNames,
  expectedPerformance,
} from '../estimate/expected-performance.js';
import { calibrated } from '../estimate/isotonic.js';
import { metricDirections } from '../metrics/metric-catalogue.js';
import { momentsOf } from '../stats/moments.js';
import { seededRandom } from '../stats/seeded-random.js';
import type { Verdict } from '../verdict.js';
import type { ColumnValues } from './column-values.js';

/** How well scores of the test rows, taken for probabilities, estimate the quality of a model. */
export interface EstimateReference {
  /** The metric that is judged: the primary one where it can be estimated, else the log loss. */
  readonly metric: EstimatedMetricName;
  readonly calibration: Calibration;
  /** Of the estimates over parts of the test rows. */
  readonly mean: number;
  readonly std: number;
  readonly parts: number;
}

/** Quality of a window without its truth. */
export interface EstimateEvidence {
  /** Of this window alone: `fail` where the judged metric is worse than its band, `inconclusive` where it may not be believed. */
  readonly verdict: Verdict;
  readonly text: string;
  readonly metric: EstimatedMetricName;
  /** All that could be estimated, by name. */
  readonly metrics: Readonly<Partial<Record<EstimatedMetricName, number>>>;
}

const seed = 22;
const parts = 10;
/** Deviations of the band. */
const width = 3;
/** A larger calibration error makes probabilities of no use. */
const mostError = 0.05;
const leastPartRows = 50;

/**
 * @param rows test rows in the order of time: scores and labels, 0 or 1
 * @returns null with fewer than 500 rows whose score is a probability
 */
export function learnEstimate(
  rows: { readonly scores: Float64Array; readonly labels: Float64Array },
  { threshold, primary }: { readonly threshold: number; readonly primary: string },
): EstimateReference | null {
  const known = Array.from(rows.scores.keys()).filter((row) => {
    const label = rows.labels[row];
    return isProbability(rows.scores[row]) && (label === 0 || label === 1);
  });
  if (known.length < parts * leastPartRows) return null;
  const of = (values: Float64Array) => Float64Array.from(known, (row) => values[row] ?? 0);
  const scores = of(rows.scores);
  const calibration = chooseCalibration(scores, of(rows.labels), seededRandom(seed));
  const metric = estimatedMetricNames.find((name) => name === primary) ?? 'logLoss';
  const estimates = Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part, part + 1].map((at) => Math.floor((at * scores.length) / parts));
    return estimated(calibration, scores.subarray(from, to), threshold).metrics[metric];
  }).flatMap((found) => (found.kind === 'value' ? [found.value] : []));
  return { metric, calibration, ...momentsOf(estimates), parts: estimates.length };
}

/**
 * Estimates the quality of a window from its scores alone. It may be believed where the scores are calibrated, and where
 * the rows lie where the reference has some; it never sees that the truth itself has turned.
 *
 * @param regions where the reference has values, by input
 */
export function judgeEstimate(
  reference: EstimateReference,
  window: {
    readonly scores: Float64Array;
    readonly columns: Readonly<Record<string, ColumnValues>>;
    readonly threshold: number;
  },
  {
    regions,
    leastRows,
  }: { readonly regions: Readonly<Record<string, KnownRegion>>; readonly leastRows: number },
): EstimateEvidence {
  const { metric, calibration, mean, std } = reference;
  const scores = window.scores.filter(isProbability);
  const { metrics } = estimated(calibration, scores, window.threshold);
  const numbers = Object.fromEntries(
    estimatedMetricNames.flatMap((name) =>
      metrics[name].kind === 'value' ? [[name, metrics[name].value] as const] : [],
    ),
  );
  const told = (verdict: Verdict, text: string): EstimateEvidence => ({
    ...{ verdict, text, metric, metrics: numbers },
  });
  const doubt = doubtOf(reference, window.columns, regions);
  if (scores.length < leastRows)
    return told('inconclusive', `${scores.length} scores, at least ${leastRows} are needed`);
  if (doubt !== null) return told('inconclusive', doubt);
  const found = metrics[metric];
  if (found.kind === 'undefined') return told('inconclusive', found.reason);
  const margin = width * Math.hypot(std, found.standardError);
  const isHigher = metricDirections[metric] === 'higher';
  const limit = isHigher ? mean - margin : mean + margin;
  const isWorse = isHigher ? found.value < limit : found.value > limit;
  const text = `estimated ${metric} ${found.value.toFixed(3)} (${isHigher ? 'below' : 'above'} ${limit.toFixed(3)} it is a loss)`;
  return told(isWorse ? 'fail' : 'pass', text);
}

/** Why an estimate may not be believed; null where it may. */
function doubtOf(
  { calibration, parts: known }: EstimateReference,
  columns: Readonly<Record<string, ColumnValues>>,
  regions: Readonly<Record<string, KnownRegion>>,
): string | null {
  const error = calibration.curve ? calibration.errorAfter : calibration.errorBefore;
  if (error === null) return `the scores were ${calibration.text}`;
  if (error > mostError) return `the scores are no probabilities: ${calibration.text}`;
  if (known < parts) return `the metric has a value in ${known} of ${parts} parts of the test rows`;
  const came = Object.fromEntries(
    Object.entries(regions).flatMap(([name, region]) => {
      const column = columns[name];
      return column?.kind === region.kind ? [[name, { region, values: column.values }] as const] : [];
    }),
  );
  const validity = estimateValidity(
    Object.fromEntries(Object.entries(came).map(([name, { region }]) => [name, region])),
    Object.fromEntries(Object.entries(came).map(([name, { values }]) => [name, values])),
  );
  return validity.valid ? null : validity.text;
}

function estimated(calibration: Calibration, scores: Float64Array, threshold: number) {
  const probability = calibration.curve ? calibrated(calibration.curve, scores) : scores;
  return expectedPerformance({ probability, score: scores, threshold });
}

const isProbability = (score: number | undefined): boolean => score !== undefined && score >= 0 && score <= 1;
