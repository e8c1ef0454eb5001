import { confidenceLevel } from '../stats/interval.js';
import { normalQuantile } from '../stats/normal-quantile.js';
import type { Finding, SplitEvaluation, SplitName } from './evaluation.js';
import { type MetricName, metricDirections } from './metric-catalogue.js';
import type { MeasuredMetric } from './metric-value.js';
import type { FitMetrics } from './task-method.js';

type Splits = Readonly<Record<SplitName, SplitEvaluation>>;

/** A gap between train and test that is named whatever the noise. */
const leastNamedGap = 0.02;

/**
 * Names what the splits say about the fit: over-fitted when train is better than test by more than
 * max(0.02, 2 standard errors of the difference), under-fitted when train is not better than the constant answer by
 * 2 standard errors, baseline when test is not better than the constant answer at all. What cannot be compared is
 * named too: silence means that all three were looked at.
 */
export function fitFindings(splits: Splits, fit: FitMetrics): Finding[] {
  return [
    ...overFitting(splits, fit.gap),
    ...underFitting(splits.train, fit.gap),
    ...belowBaseline(splits.test, fit.gain),
  ];
}

function overFitting({ train, validation, test }: Splits, metric: MetricName): Finding[] {
  const onTrain = train.metrics[metric];
  const onValidation = validation.metrics[metric];
  const onTest = test.metrics[metric];
  if (onTrain?.kind !== 'value') return [notJudged('over-fitting', metric, 'train', onTrain?.reason)];
  if (onTest?.kind !== 'value') return [notJudged('over-fitting', metric, 'test', onTest?.reason)];
  const gap = advantage(metric, onTrain.value, onTest.value);
  const twoErrors = 2 * Math.hypot(standardErrorOf(onTrain), standardErrorOf(onTest));
  const limit = Math.max(leastNamedGap, twoErrors);
  if (gap <= limit) return [];
  const between = onValidation?.kind === 'value' ? `, ${shown(onValidation.value)} on validation` : '';
  return [
    {
      kind: 'over-fitted',
      text:
        `over-fitted: ${metric} is ${shown(onTrain.value)} on train${between} and ${shown(onTest.value)} on test; ` +
        `the gap of ${shown(gap)} is above ${shown(limit)} (the larger of ${leastNamedGap} and two standard errors, ${shown(twoErrors)})`,
      numbers: {
        train: onTrain.value,
        ...(onValidation?.kind === 'value' ? { validation: onValidation.value } : {}),
        test: onTest.value,
        gap,
        limit,
        twoStandardErrors: twoErrors,
      },
    },
  ];
}

function underFitting(train: SplitEvaluation, metric: MetricName): Finding[] {
  const model = train.metrics[metric];
  const baseline = train.baseline[metric];
  if (model?.kind !== 'value' || !baseline) return [];
  if (baseline.kind !== 'value') return [notJudged('under-fitting', metric, 'train', baseline.reason)];
  const gain = advantage(metric, model.value, baseline.value);
  const twoErrors = 2 * standardErrorOf(model);
  if (gain > twoErrors) return [];
  return [
    {
      kind: 'under-fitted',
      text:
        `under-fitted: ${metric} on train is ${shown(model.value)} against ${shown(baseline.value)} of the constant answer; ` +
        `the gain of ${shown(gain)} is not above two standard errors, ${shown(twoErrors)}`,
      numbers: { model: model.value, baseline: baseline.value, gain, twoStandardErrors: twoErrors },
    },
  ];
}

function belowBaseline(test: SplitEvaluation, metric: MetricName): Finding[] {
  const model = test.metrics[metric];
  const baseline = test.baseline[metric];
  if (!baseline) return [];
  if (model?.kind !== 'value')
    return [notJudged('the gain over the baseline', metric, 'test', model?.reason)];
  if (baseline.kind !== 'value') {
    return [notJudged('the gain over the baseline', metric, 'test', baseline.reason)];
  }
  const gain = advantage(metric, model.value, baseline.value);
  if (gain > 0) return [];
  return [
    {
      kind: 'baseline',
      text: `no better than the baseline: ${metric} on test is ${shown(model.value)} against ${shown(baseline.value)} of the constant answer`,
      numbers: { model: model.value, baseline: baseline.value, gain },
    },
  ];
}

function notJudged(what: string, metric: MetricName, split: SplitName, reason = 'it is missing'): Finding {
  return {
    kind: 'not-judged',
    text: `${what} could not be judged: ${metric} on ${split} is undefined, ${reason}`,
    numbers: {},
  };
}

/** How much better `left` is than `right`, whichever way the metric counts. */
function advantage(metric: MetricName, left: number, right: number): number {
  return metricDirections[metric] === 'lower' ? right - left : left - right;
}

/** Read back from the interval; 0 where there is none, so that the fixed limit decides alone. */
function standardErrorOf({ low, high }: MeasuredMetric): number {
  if (low === undefined || high === undefined) return 0;
  return (high - low) / (2 * normalQuantile((1 + confidenceLevel) / 2));
}

function shown(value: number): string {
  return Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.001)
    ? value.toPrecision(3)
    : value.toFixed(3);
}
