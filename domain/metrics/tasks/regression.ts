import { histogram } from '../../stats/histogram.js';
import { quantiles } from '../../stats/quantile.js';
import { checkedBlocks, checkLength, checkValues, columnRules, neededColumn } from '../checked-columns.js';
import type { Curves } from '../curves.js';
import { allUndefined } from '../metric-value.js';
import { regressionMetricNames, regressionMetrics } from '../regression-metrics.js';
import { residualsOf } from '../residual-quantiles.js';
import { type ScoredRows, takeScored } from '../rows.js';
import { type Judge, noResamples, type TaskMethod } from '../task-method.js';

const residualBins = 40;

/** A number. The baseline says the mean of train to every row. */
export const regression: TaskMethod<ScoredRows> = {
  metricNames: regressionMetricNames,
  fit: { gap: 'r2', gain: 'mse' },
  read: (input, split) => {
    const score = neededColumn(input, 'score', split);
    const label = neededColumn(input, 'label', split);
    checkLength(label.length, score.length, 'label', split);
    checkValues(score, columnRules.finite, 'score', split);
    checkValues(label, columnRules.numericLabel, 'label', split);
    return { label, score, block: checkedBlocks(input, label.length, split) };
  },
  isLabelled: ({ label }, row) => !Number.isNaN(label[row]),
  take: takeScored,
  judge: (train) => judgeRegression(train),
};

function judgeRegression(train: ScoredRows): Judge<ScoredRows> {
  const mean = train.label.reduce((sum, label) => sum + label, 0) / train.label.length;
  return {
    findings: [],
    metrics: regressionMetrics,
    baseline: (rows) =>
      train.label.length === 0
        ? allUndefined(regressionMetricNames, 'train has no labelled row')
        : regressionMetrics({ ...rows, score: rows.score.map(() => mean) }, noResamples),
    pictures: (rows) => ({ curves: residualCurve(residualsOf(rows)) }),
  };
}

/** Bins span all but one row in a hundred; the rest is counted beside them, or one outlier would flatten the picture. */
function residualCurve(residuals: Float64Array): Curves {
  if (residuals.length === 0) return {};
  const [low = 0, high = 0] = quantiles(residuals, [0.005, 0.995]);
  if (!Number.isFinite(high - low)) return {};
  const half = low < high ? 0 : Math.max(0.5, Math.abs(low) * 1e-6);
  return { residuals: histogram(residuals, low - half, high + half, residualBins) };
}
