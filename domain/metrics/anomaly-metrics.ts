import type { MetricName } from './metric-catalogue.js';
import { type Metrics, type MetricValue, undefinedMetric } from './metric-value.js';
import { proportion } from './proportion.js';
import { rocAucMetric } from './roc-auc.js';
import { type AnomalyRows, takeScored } from './rows.js';
import { groupByScore } from './score-groups.js';

/** Metrics of an anomaly detector, by name. */
export const anomalyMetricNames = ['anomalyRate', 'separation'] as const satisfies readonly MetricName[];

/**
 * The share of flagged rows (Wilson) and, on the rows that have a label, how well the score separates anomalies
 * (label 1) from the rest: the area under the ROC curve with DeLong's interval.
 *
 * @param threshold a score above it flags a row of a model that only scores; undefined when there is none
 */
export function anomalyMetrics(rows: AnomalyRows, threshold: number | undefined): Metrics {
  return { anomalyRate: anomalyRate(rows, threshold), separation: separation(rows) };
}

function anomalyRate({ score, assigned }: AnomalyRows, threshold: number | undefined): MetricValue {
  if (!assigned && threshold === undefined) {
    return undefinedMetric('the model only scores, and there is no train row to take a threshold from');
  }
  const limit = threshold ?? 0;
  const flagged = assigned
    ? assigned.reduce((sum, flag) => sum + flag, 0)
    : score.reduce((sum, value) => sum + (value > limit ? 1 : 0), 0);
  return proportion(flagged, score.length, 'there is no row');
}

function separation(rows: AnomalyRows): MetricValue {
  const labelled = Uint32Array.from(rows.label.keys()).filter((row) => !Number.isNaN(rows.label[row]));
  if (labelled.length === 0) return undefinedMetric('no row has a label');
  const known = takeScored(rows, labelled);
  return rocAucMetric(groupByScore(known.label, known.score));
}
