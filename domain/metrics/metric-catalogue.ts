/** Which way is better; `none` for what only describes. */
export type MetricDirection = 'higher' | 'lower' | 'none';

/**
 * `share` is 0..1, `nats` a loss in natural logarithms, `score` has no unit, `label` and `label squared` are in the
 * unit of what is predicted.
 */
export type MetricUnit = 'share' | 'nats' | 'score' | 'label' | 'label squared';

interface MetricEntry {
  readonly title: string;
  readonly direction: MetricDirection;
  readonly unit: MetricUnit;
}

const entry = (title: string, direction: MetricDirection, unit: MetricUnit): MetricEntry => ({
  title,
  direction,
  unit,
});

/** Every metric by its stable name. */
export const metricCatalogue = {
  accuracy: entry('accuracy', 'higher', 'share'),
  precision: entry('precision (macro average with several classes)', 'higher', 'share'),
  recall: entry('recall (macro average with several classes)', 'higher', 'share'),
  f1: entry('F1 (macro average with several classes)', 'higher', 'share'),
  rocAuc: entry('area under the ROC curve', 'higher', 'share'),
  prAuc: entry('average precision', 'higher', 'share'),
  logLoss: entry('log loss', 'lower', 'nats'),
  skill: entry("skill (1 - log loss / that of the rows' own base rate)", 'higher', 'score'),
  brier: entry('Brier score', 'lower', 'share'),
  calibrationError: entry('calibration error (10 bins of equal mass)', 'lower', 'share'),
  mae: entry('mean absolute error', 'lower', 'label'),
  mse: entry('mean squared error', 'lower', 'label squared'),
  rmse: entry('root mean squared error', 'lower', 'label'),
  r2: entry('R squared', 'higher', 'score'),
  residualP05: entry('residual, 5th percentile', 'none', 'label'),
  residualP25: entry('residual, 25th percentile', 'none', 'label'),
  residualP50: entry('residual, median', 'none', 'label'),
  residualP75: entry('residual, 75th percentile', 'none', 'label'),
  residualP95: entry('residual, 95th percentile', 'none', 'label'),
  anomalyRate: entry('share of rows flagged as anomalies', 'none', 'share'),
  separation: entry('separation (area under the ROC curve of the anomaly score)', 'higher', 'share'),
  silhouette: entry('silhouette', 'higher', 'score'),
  daviesBouldin: entry('Davies-Bouldin index', 'lower', 'score'),
} as const satisfies Record<string, MetricEntry>;

export type MetricName = keyof typeof metricCatalogue;

export const metricNames = Object.keys(metricCatalogue) as readonly MetricName[];

function column<K extends keyof MetricEntry>(field: K): Readonly<Record<MetricName, MetricEntry[K]>> {
  const pairs = Object.entries(metricCatalogue).map(([name, row]) => [name, row[field]]);
  return Object.fromEntries(pairs) as Record<MetricName, MetricEntry[K]>;
}

/** Which way each metric is better. */
export const metricDirections = column('direction');

/** The unit of each metric. */
export const metricUnits = column('unit');

/** Which way to sort by a metric; one that only describes counts upwards. */
export function directionOf(metric: MetricName): 'higher' | 'lower' {
  return isLoss(metric) ? 'lower' : 'higher';
}

/** Whether a lower value of what is called so is the better one; false for a name that is no metric. */
export function isLoss(name: string): boolean {
  return Object.hasOwn(metricDirections, name) && metricDirections[name as MetricName] === 'lower';
}
