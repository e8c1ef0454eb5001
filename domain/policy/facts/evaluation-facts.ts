import type { Evaluation, SplitEvaluation } from '../../metrics/evaluation.js';
import type { Metrics, MetricValue } from '../../metrics/metric-value.js';
import { gapFacts } from './gap-facts.js';
import type { Fact, MetricFact, MetricFacts, Missing, PolicyFacts, SplitFacts } from './policy-facts.js';

/** What a stored evaluation says, as facts. */
export function evaluationFacts({
  splits,
  slices,
}: Pick<Evaluation, 'splits' | 'slices'>): Pick<PolicyFacts, 'metrics' | 'baseline' | 'slices' | 'gaps'> {
  const none: Missing = { missing: 'the evaluation has no slices' };
  return {
    metrics: bySplit(splits, ({ metrics }) => metrics),
    baseline: bySplit(splits, ({ baseline }) => baseline),
    slices:
      slices.length === 0
        ? none
        : slices.map(({ column, value, rows, metrics }) => ({
            column,
            value,
            rows,
            metrics: metricFacts(metrics),
          })),
    gaps: slices.length === 0 ? none : gapFacts(slices),
  };
}

function bySplit(splits: Evaluation['splits'], of: (split: SplitEvaluation) => Metrics): SplitFacts {
  return {
    train: metricFacts(of(splits.train)),
    validation: metricFacts(of(splits.validation)),
    test: metricFacts(of(splits.test)),
  };
}

export function metricFacts(metrics: Metrics): MetricFacts {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metricFact(metric)]));
}

function metricFact(metric: MetricValue): Fact<MetricFact> {
  if (metric.kind === 'undefined') return { missing: metric.reason };
  const none: Missing = { missing: 'the metric has no interval on these rows' };
  return { value: metric.value, low: metric.low ?? none, high: metric.high ?? none, n: metric.n };
}
