import type { MetricPoint } from '../../domain/ports/runs.js';

/** A line of progress has room for these. */
const shownMetrics = 3;

/** The newest step that a training reported, in words: `step 20: loss 0.41, auc 0.7`. */
export function metricWords(points: readonly MetricPoint[]): string {
  const step = points.at(-1)?.step;
  const newest = points.filter((point) => point.step === step).slice(0, shownMetrics);
  const numbers = newest.map(({ name, value }) => `${name} ${Number(value.toPrecision(4))}`);
  return `step ${step}: ${numbers.join(', ')}`;
}
